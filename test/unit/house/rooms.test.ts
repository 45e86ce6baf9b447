import assert from 'node:assert/strict';
import { buildSync } from 'esbuild';
import { ESLint } from 'eslint';

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

  it('no room has a cycle of imports', () => {
    const { metafile } = buildSync({
      entryPoints: ['src/host/extension.ts', 'src/cli/main.ts', 'webview/lab.ts', 'webview/side.ts'],
      bundle: true,
      platform: 'node',
      packages: 'external',
      external: ['vscode', 'virtual:*'],
      metafile: true,
      write: false,
      outdir: 'out',
    });
    const done = new Set<string>();
    const visit = (file: string, way: readonly string[]): void => {
      assert.ok(!way.includes(file), [...way, file].join(' -> '));
      if (done.has(file)) return;
      for (const { path, external } of metafile.inputs[file]?.imports ?? []) if (!external) visit(path, [...way, file]);
      done.add(file);
    };
    for (const file of Object.keys(metafile.inputs)) visit(file, []);
  });

  const lint = async (filePath: string, code: string) => {
    const [result] = await new ESLint().lintText(code, { filePath });
    return result!.messages.map(({ ruleId }) => ruleId);
  };
  const closed: [from: string, code: string][] = [
    ['src/core/text/format.ts', `import '../../host/fileDialogs';`],
    ['src/core/text/format.ts', `import 'vscode';`],
    ['src/host/fileDialogs.ts', `import '../../webview/state/store';`],
    ['src/host/fileDialogs.ts', `import 'chart.js';`],
    ['src/host/fileDialogs.ts', `import '@tensorflow/tfjs-core';`],
    ['webview/state/store.ts', `import '../../src/host/fileDialogs';`],
    ['src/cli/main.ts', `import '../host/fileDialogs';`],
  ];
  for (const [from, code] of closed)
    it(`lint refuses ${code.slice(7, -1)} in ${from}`, async () => {
      assert.ok((await lint(from, code)).includes('no-restricted-imports'));
    }).timeout(60000);
});
