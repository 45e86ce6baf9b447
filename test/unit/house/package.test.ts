import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { listFiles, PackageManager } from '@vscode/vsce';
import manifest from '../../../package.json';

const expected = readFileSync('test/harness/packageFiles.txt', 'utf8').trim().split('\n');

describe('the package', () => {
  it('has the files of test/harness/packageFiles.txt and no others; what is built is checked as it is packaged', async () => {
    const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
    const kept = (name: string) => !/^(dist|media\/experiment\.schema\.json|media\/schemas)/.test(name);
    assert.deepEqual(files.filter(kept).sort(), expected.filter(kept).sort());
  });

  it('runs no script when it is installed or removed', () => {
    const hooks = Object.keys(manifest.scripts).filter((name) =>
      /^((pre|post)?(un)?install|(pre|post)?prepare|vscode:uninstall)$/.test(name),
    );
    assert.deepEqual(hooks, []);
  });

  it('says what it does in a workspace that is not trusted', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    const settings = Object.keys(manifest.contributes.configuration.properties);
    assert.ok(untrustedWorkspaces.restrictedConfigurations.every((name) => settings.includes(name)));
  });

  it('each of its settings has a place, a scope, a text in Markdown, and a number its range', () => {
    const settings = Object.entries<Record<string, unknown>>(manifest.contributes.configuration.properties);
    for (const [name, setting] of settings) {
      assert.match(String(setting.markdownDescription), /^%setting\..+%$/, name);
      assert.ok(['machine', 'window', 'resource'].includes(String(setting.scope)), name);
      if (setting.type === 'integer' || setting.type === 'number')
        assert.ok(Number(setting.minimum) < Number(setting.maximum), name);
    }
    const places = settings.map(([, { order }]) => order).sort();
    assert.deepEqual(places, settings.map((_, i) => i + 1)); // prettier-ignore
  });

  it('a command that needs something shows only where that is there', () => {
    const needs = new Map(manifest.contributes.commands.map((row) => [row.command, (row as { enablement?: string }).enablement])); // prettier-ignore
    assert.equal(needs.get('noprop.stopTraining'), 'noprop.training');
    assert.equal(needs.get('noprop.resumeTraining'), 'noprop.canResume');
    assert.equal(needs.get('noprop.predictOnFile'), 'noprop.hasTrained');
    assert.equal(needs.get('noprop.exportWeights'), 'noprop.hasTrained');
    const source = readFileSync('src/host/contextKeys.ts', 'utf8');
    for (const need of needs.values())
      if (need?.startsWith('noprop.')) assert.ok(source.includes(`'${need}'`), `${need} is told to VS Code`);
  });

  for (const name of ['extension', 'trainer', 'cli', 'lab', 'side'])
    it(`${name}.js has no module of the network and makes no code of text`, function () {
      const file = `dist/${name}.js`;
      if (!existsSync(file)) return this.skip();
      const text = readFileSync(file, 'utf8');
      const modules = [...text.matchAll(/\brequire\("(?:node:)?([^"]+)"\)/g)].map(([, one]) => one!);
      const network = ['net', 'http', 'https', 'http2', 'tls', 'dns', 'dns/promises', 'dgram', 'inspector', 'ws'];
      assert.deepEqual(
        modules.filter((one) => network.includes(one)),
        [],
      );
      assert.doesNotMatch(text, /[^.\w$]eval\(|new Function\(/);
    });
});
