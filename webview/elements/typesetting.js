// Typesets the registries' equations while a page is bundled, and makes the font that they are set in.
const fs = require('node:fs');
const path = require('node:path');
const temml = require('temml');
const subsetFont = require('subset-font');

/** The mathematical font that ships: its package, and its file there. */
const FONT = { folder: 'node_modules/@fontsource/stix-two-math', file: 'files/stix-two-math-latin-400-normal.woff2' };

/** The name of a function after a factor, where LaTeX sets a thin space. */
const FUNCTION = /(<\/(?:mi|mn|msub|msup|mfrac)>)((?:<mrow>)?<mi>[a-z]{3,}<\/mi><mo>\u2061)/g;

/** LaTeX as MathML, without the inline styles that the pages' policy forbids; \differ{...} becomes a class. @param {string} latex */
const typeset = (latex) =>
  temml
    .renderToString(latex, { displayMode: true, trust: true, macros: { '\\differ': '\\class{differ}{#1}' } })
    .replace(/ style="[^"]*"/g, '')
    .replace(FUNCTION, '$1<mspace width="0.1667em"></mspace>$2');

/** Where the italic letters of one letter's identifiers begin: a browser takes them from there. */
const ITALIC = { A: 0x1d434, a: 0x1d44e, Α: 0x1d6e2, α: 0x1d6fc };
/** How many letters follow each of them. */
const COUNT = { A: 26, a: 26, Α: 25, α: 25 };

/** The italic letters, which MathML shows for plain ones. */
const italics = Object.keys(ITALIC).flatMap((first) => {
  const key = /** @type {keyof typeof ITALIC} */ (first);
  return Array.from({ length: COUNT[key] }, (_, i) => String.fromCodePoint(ITALIC[key] + i));
});

/** Writes the part of the mathematical font that equations need. @param {string[]} list their LaTeX @param {string} out */
async function writeMathFont(list, out) {
  const text = list.map((latex) => typeset(latex).replace(/<[^>]*>/g, '').replace(/&[a-z]+;/g, '')); // prettier-ignore
  // Planck's h stands where the italic h would be; roots, and < > & as entities, are in the markup alone.
  const characters = new Set([...text.join(''), ...italics, ...'0123456789 ℎ√<>&()[]{}|']);
  const font = fs.readFileSync(path.join(FONT.folder, FONT.file));
  fs.writeFileSync(out, await subsetFont(font, [...characters].join(''), { targetFormat: 'woff2' }));
}

module.exports = { typeset, writeMathFont, fontPackage: FONT.folder };
