// Collects the texts that the host shows, for media/l10n/bundle.l10n.json: VS Code looks up a translation by them.
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

/** A text with {0}, {1} … for its values. @param {import('typescript').TemplateLiteral} template */
const keyOf = (template) =>
  ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : [template.head.text, ...template.templateSpans.map((span, i) => `{${i}}${span.literal.text}`)].join('');

/** The source files of a folder, in order. @param {string} folder @returns {string[]} */
const sourcesOf = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => path.join(folder, name));

/** Calls something for every node of a file. @param {string} file @param {(node: import('typescript').Node) => void} visit */
function eachNode(file, visit) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  /** @param {import('typescript').Node} node */
  const go = (node) => {
    visit(node);
    ts.forEachChild(node, go);
  };
  go(source);
}

/** Whether a node is a text that is looked up. @param {import('typescript').Node} node */
const isSaid = (node) => ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say';

/** Every text of the host that is looked up, in order of the alphabet. @param {string} [folder] @returns {string[]} */
function hostTexts(folder = 'src/host') {
  /** @type {Set<string>} */
  const texts = new Set();
  for (const file of sourcesOf(folder))
    eachNode(file, (node) => {
      if (ts.isTaggedTemplateExpression(node) && isSaid(node)) texts.add(keyOf(node.template));
    });
  return [...texts].sort();
}

/** Whether a text reads as words for a person: a word in small letters behind another. @param {string} text */
const isPhrase = (text) => /[\p{L}\d]{2,},? [a-zà-ÿ]{2,}/u.test(text);

/** Whether a node stands where no person reads it: types, imports, the log. @param {import('typescript').Node} node @returns {boolean} */
function isUnread(node) {
  const { parent } = node;
  if (!parent) return false;
  if (ts.isLiteralTypeNode(parent) || ts.isImportDeclaration(parent) || isSaid(parent)) return true;
  if (ts.isCallExpression(parent) && /(^|\.)log\.\w+$/.test(parent.expression.getText())) return true;
  return isUnread(parent);
}

/** Phrases of the host that are not looked up, with their file. @param {string} [folder] @returns {string[]} */
function unsaidTexts(folder = 'src/host') {
  /** @type {string[]} */
  const found = [];
  for (const file of sourcesOf(folder))
    eachNode(file, (node) => {
      const text = ts.isStringLiteral(node) ? node.text : ts.isTemplateLiteral(node) ? keyOf(node) : '';
      if (isPhrase(text) && !isUnread(node)) found.push(`${path.basename(file)}: ${text}`);
    });
  return found;
}

/** Writes the bundle that translations begin from. @param {string} [file] */
function writeTextBundle(file = 'media/l10n/bundle.l10n.json') {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const bundle = Object.fromEntries(hostTexts().map((text) => [text, text]));
  fs.writeFileSync(file, JSON.stringify(bundle, null, 2) + '\n');
}

module.exports = { hostTexts, unsaidTexts, writeTextBundle };
