import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

describe('rooms', () => {
  it('activation imports neither tfjs nor chart.js', () => {
    const { metafile } = buildSync({
      entryPoints: ['src/host/extension.ts'],
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['vscode'],
      metafile: true,
      write: false,
      outdir: 'out',
    });
    const inputs = Object.keys(metafile.inputs);
    assert.ok(inputs.some((file) => file.endsWith('src/core/experiment/experiment.ts')));
    assert.deepEqual(
      inputs.filter((file) => /tensorflow|chart\.js|chartjs/.test(file)),
      [],
    );
  });

  describe('arrows of imports', () => {
    const copy = path.resolve('out/rooms');
    const files: Record<string, string> = {
      'src/core/text/format.ts': `import '../../host/files';\nimport 'vscode';\n`,
      'src/core/text/one.ts': `import type { Two } from './two';\nexport type One = Two;\n`,
      'src/core/text/two.ts': `import type { One } from './one';\nexport type Two = { readonly one: One };\n`,
      'src/core/text/late.ts': `import '../reference/page';\n`,
      'src/core/unknown/file.ts': `import '../text/one';\n`,
      'src/core/reference/page.ts': '',
      'src/host/files.ts': `import '../../webview/state/store';\nimport 'chart.js';\nimport '@tensorflow/tfjs-core';\n`,
      'src/cli/main.ts': `import type { Files } from '../host/files';\nexport type Main = Files;\n`,
      'webview/state/store.ts': `import '../../src/host/files';\nimport '../tabs/runs/tab';\n`,
      'webview/tabs/runs/tab.ts': `import '../training/tab';\n`,
      'webview/tabs/training/tab.ts': '',
    };
    const expected = [
      ['src/core imports of ours only: itself', 'src/core/text/format.ts', 'src/host/files.ts'],
      ['only src/host imports vscode', 'src/core/text/format.ts', 'vscode'],
      ['no circle between files', 'src/core/text/one.ts', 'src/core/text/two.ts'],
      ['src/core/text stands before what it imports', 'src/core/text/late.ts', 'src/core/reference/page.ts'],
      ['src/core has a folder without a place in its order', 'src/core/unknown/file.ts', 'src/core/text/one.ts'],
      ['src/host imports of ours only: src/core, src/protocol', 'src/host/files.ts', 'webview/state/store.ts'],
      ['only webview imports chart.js', 'src/host/files.ts', 'chart.js'],
      ['only src/trainer imports @tensorflow', 'src/host/files.ts', '@tensorflow'],
      ['src/cli imports of ours only: src/core, src/protocol, src/trainer', 'src/cli/main.ts', 'src/host/files.ts'],
      ['webview imports of ours only: src/core, src/protocol', 'webview/state/store.ts', 'src/host/files.ts'],
      ['webview/state stands before what it imports', 'webview/state/store.ts', 'webview/tabs/runs/tab.ts'],
      ['tabs do not import each other', 'webview/tabs/runs/tab.ts', 'webview/tabs/training/tab.ts'],
    ] as const;
    let found: { rule: { name: string }; from: string; to: string }[] = [];

    before(() => {
      rmSync(copy, { recursive: true, force: true });
      for (const [name, text] of Object.entries({ ...files, 'tsconfig.json': '{}' })) {
        mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
        writeFileSync(path.join(copy, name), text);
      }
      const program = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
      const args = [program, '--config', path.resolve('.dependency-cruiser.mjs'), '-T', 'json', 'src', 'webview'];
      const { stdout } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
      found = (JSON.parse(stdout) as { summary: { violations: typeof found } }).summary.violations;
    });
    after(() => rmSync(copy, { recursive: true, force: true }));

    for (const [rule, from, to] of expected)
      it(`${from} may not import ${to}`, () => {
        const hit = found.some((one) => one.rule.name === rule && one.from === from && one.to.includes(to));
        assert.ok(hit, JSON.stringify(found));
      });

    it('nothing else is refused', () => {
      const known = new Set(expected.map(([rule, from]) => `${rule}: ${from}`));
      const more = found.filter(({ rule, from }) => !known.has(`${rule.name}: ${from}`));
      // both ends of a circle are told
      assert.deepEqual(
        [...new Set(more.map(({ rule }) => rule.name))].filter((name) => !name.includes('circle')),
        [],
      );
    });
  });
});
