import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const files = readdirSync('src/host', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

describe('what the host shows', () => {
  it('notifications come from one file, which takes what they name as text', () => {
    const others = files.filter((name) => name !== 'notify.ts');
    const found = others.filter((name) =>
      /\.show(Information|Warning|Error)Message\(/.test(readFileSync(path.join('src/host', name), 'utf8')),
    );
    assert.deepEqual(found, []);
  });

  it('no Markdown of it runs commands, or has HTML or icons', () => {
    for (const name of files) {
      const text = readFileSync(path.join('src/host', name), 'utf8');
      assert.doesNotMatch(text, /(isTrusted|supportHtml|supportThemeIcons) = true/, name);
    }
  });
});
