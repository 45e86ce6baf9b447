import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

describe('bundles', () => {
  it('hold no HTTP client: tfjs uses the fetch of node', () => {
    assert.equal(typeof fetch, 'function');
    const packages = readFileSync('dist/licenses.txt', 'utf8').match(/^\S+ \d+\.\d+\.\d+\S* \(/gm)!;
    assert.ok(packages.some((name) => name.startsWith('@tensorflow/tfjs-core ')));
    assert.deepEqual(
      packages.filter((name) => /^(node-fetch|whatwg-url|tr46|webidl-conversions) /.test(name)),
      [],
    );
  });
});
