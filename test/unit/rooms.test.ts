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
    assert.ok(inputs.some((file) => file.endsWith('src/core/experiment.ts')));
    assert.deepEqual(
      inputs.filter((file) => /tensorflow|chart\.js|chartjs/.test(file)),
      [],
    );
  });

  const lint = async (filePath: string, code: string) => {
    const [result] = await new ESLint().lintText(code, { filePath });
    return result!.messages.map(({ ruleId }) => ruleId);
  };
  const closed: [from: string, code: string, rule: string][] = [
    ['src/core/format.ts', `import '../host/files';`, 'import-x/no-restricted-paths'],
    ['src/core/format.ts', `import 'vscode';`, 'no-restricted-imports'],
    ['src/host/files.ts', `import '../../webview/store';`, 'import-x/no-restricted-paths'],
    ['src/host/files.ts', `import 'chart.js';`, 'no-restricted-imports'],
    ['src/host/files.ts', `import '@tensorflow/tfjs-core';`, 'no-restricted-imports'],
    ['webview/store.ts', `import '../src/host/files';`, 'import-x/no-restricted-paths'],
    ['src/cli/main.ts', `import '../host/files';`, 'import-x/no-restricted-paths'],
  ];
  for (const [from, code, rule] of closed)
    it(`lint refuses ${code.slice(7, -1)} in ${from}`, async () => {
      assert.ok((await lint(from, code)).includes(rule));
    }).timeout(60000);
});
