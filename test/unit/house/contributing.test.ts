import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import launch from '../../../.vscode/launch.json';
import manifest from '../../../package.json';

const text = readFileSync('CONTRIBUTING.md', 'utf8');

describe('CONTRIBUTING.md', () => {
  it('names files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:src|webview|test|media)(?:\/[\w./-]+)?)`/g)].map(([, file]) => file!);
    const missing = named.filter((file) => !/yours|TAB/.test(file) && !existsSync(file));
    assert.ok(named.length > 30);
    assert.deepEqual(missing, []);
  });

  it('names scripts that exist', () => {
    for (const [, script] of text.matchAll(/npm run ([\w:]+)/g))
      assert.ok(Object.keys(manifest.scripts).includes(script!), script);
  });

  it('has every launch configuration in its table', () => {
    for (const { name } of launch.configurations) assert.ok(text.includes(`| ${name} `), name);
  });

  it('the arrows of the map are what the rooms may import', () => {
    const map = readFileSync('media/guide/pictures/house.svg', 'utf8');
    const arrows = [...map.matchAll(/data-from="(\w+)" data-to="(\w+)"/g)].map(([, from, to]) => `${from} -> ${to}`);
    const [, rooms] = /const rooms = \{([^}]*)\}/.exec(readFileSync('.dependency-cruiser.mjs', 'utf8'))!;
    const allowed = [...rooms!.matchAll(/(\w+)'?: \[([^\]]*)\]/g)].flatMap(([, from, open]) =>
      [...open!.matchAll(/src\/(\w+)/g)].map(([, to]) => `${from} -> ${to}`),
    );
    assert.ok(allowed.length > 5);
    assert.deepEqual(arrows.sort(), allowed.sort());
  });
});
