import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import manifest from '../../../package.json';
import { hostTexts, unsaidTexts } from '../../../src/host/textBundle.js';

/** Phrases that no person reads as such: names of things in the code, and reasons that only a log or a record has. */
const UNREAD = [
  'importScheduler.ts: sequence length',
  'runsTree.ts: all damaged',
  'trainerClient.ts: the trainer',
  'trainerClient.ts: VS Code was closed or reloaded',
  'webviewPage.ts: the page was loaded again',
  'webviewPage.ts: the page was closed',
];

describe('texts of the host', () => {
  it('the bundle that translations begin from has all that is looked up, and nothing else', () => {
    assert.equal(manifest.l10n, './media/l10n');
    const bundle = JSON.parse(readFileSync('media/l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(bundle), hostTexts(), 'npm run build brings it up');
    for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
    assert.ok(hostTexts().length > 100);
  });

  it('every phrase that a person reads is looked up', () => {
    const missed = unsaidTexts().filter((one) => !UNREAD.includes(one) && !one.startsWith('pageHtml.ts'));
    assert.deepEqual(missed, []);
  });

  it('the values of a text have their places in order', () => {
    for (const text of hostTexts()) {
      const places = [...text.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place));
      assert.deepEqual(places, places.map((_, i) => i), text); // prettier-ignore
    }
  });
});
