import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fillPage } from '../../../src/cli/guide';
import { fillLists, guideLists } from '../../../src/core/reference/guideLists';
import manifest from '../../../package.json';
import texts from '../../../package.nls.json';

const guide = readdirSync('media/guide').filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...guide.map((name) => `media/guide/${name}`)];
const textOf = (file: string) => readFileSync(file, 'utf8');

/** A page without its code, where what looks like a link is none. */
const prose = (text: string) => text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchor of a heading, as VS Code and GitHub make it. */
const anchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const anchorsOf = (text: string) =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading!));

describe('guide', () => {
  for (const file of pages) {
    it(`every link of ${file} leads somewhere`, () => {
      for (const [, target] of prose(textOf(file)).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target!)) continue;
        const [place, heading] = target!.split('#') as [string, string?];
        const to = place ? path.join(path.dirname(file), place) : file;
        assert.ok(existsSync(to), `${target}: there is no ${to}`);
        if (heading !== undefined)
          assert.ok(anchorsOf(textOf(to)).includes(heading), `${to} has no heading #${heading}`);
      }
    });
  }

  it('the lists of every page are those of the code', () => {
    // Prettier lays tables out; the words are what counts.
    const words = (line: string) => line.replace(/[\s-]+/g, ' ').trim();
    const lines = (text: string) => text.split('\n').map(words).filter(Boolean);
    for (const file of pages) {
      const found = lines(textOf(file));
      const differing = lines(fillPage(textOf(file), manifest, texts)).find((line, i) => line !== found[i]);
      assert.equal(differing, undefined, `${file} is older than the code, npm run build brings it up: ${differing}`);
    }
  });

  it('has every list that the code makes', () => {
    const all = pages.map(textOf).join('\n');
    for (const name of [...Object.keys(guideLists), 'commands', 'settings of VS Code', 'commands of VS Code'])
      assert.ok(all.includes(`<!-- list ${name} -->`), `no page has the list "${name}"`);
  });

  it('refuses a list that the code does not make', () => {
    assert.throws(() => fillLists('<!-- list schedule -->\n<!-- end -->'), /no list "schedule": there are schedules, /);
  });

  it('the README and the index link every page, and the README is short', () => {
    const [readme, index] = [textOf('README.md'), textOf('media/guide/index.md')];
    for (const name of guide) {
      assert.ok(readme.includes(`(media/guide/${name})`), `the README does not link ${name}`);
      if (name !== 'index.md') assert.ok(index.includes(`(${name})`), `the index does not link ${name}`);
    }
    assert.ok(readme.split('\n').length <= 150);
  });

  it('keeps its pictures beside its pages, for VS Code shows no others in an installed extension', () => {
    for (const name of guide)
      for (const [, picture] of textOf(`media/guide/${name}`).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
        assert.match(picture!, /^pictures\//, name);
  });
});
