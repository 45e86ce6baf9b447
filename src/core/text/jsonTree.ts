import * as jsonc from 'jsonc-parser';

/** What a text of JSON may hold at most: more is refused before it is read, for it would stop the editor. */
export const JSON_LIMITS = { characters: 1e7, values: 300_000, depth: 100 } as const;

/** What is wrong with a text, and where. */
export interface JsonFlaw {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/** In words, by the parser's names for its errors. */
const SYNTAX: ReadonlyMap<string, string> = new Map([
  ['InvalidSymbol', 'this word is not JSON: names and text stand in double quotes, and NaN and Infinity are not JSON'],
  ['InvalidNumberFormat', 'this is not a number in JSON'],
  ['PropertyNameExpected', 'a "name" in double quotes is expected here'],
  ['ValueExpected', 'a value is expected here'],
  ['ColonExpected', 'a colon is expected here'],
  ['CommaExpected', 'a comma is expected here'],
  ['CloseBraceExpected', 'a closing brace is missing here'],
  ['CloseBracketExpected', 'a closing bracket is missing here'],
  ['EndOfFileExpected', 'the text should end here'],
  ['InvalidCommentToken', 'comments are not allowed in JSON'],
  ['UnexpectedEndOfComment', 'this comment does not end'],
  ['UnexpectedEndOfString', 'this text lacks its closing quote'],
  ['InvalidUnicode', 'a character as \\u and four hexadecimal digits is expected here'],
  ['InvalidEscapeCharacter', 'JSON has no such character behind a backslash'],
  ['InvalidCharacter', 'this character is not allowed in JSON text'],
]);

/** The closing token of each opening one, by their numbers in the scanner. */
const CLOSING: ReadonlyMap<number, number> = new Map([
  [1, 2], // braces
  [3, 4], // brackets
]);

/** What reads one text token by token, without the blanks between them. Numbers of tokens are those of jsonc-parser. */
export const jsonScanner = (text: string): jsonc.JSONScanner => jsonc.createScanner(text, true);

/** The number of the scanner's token at the end of a text. */
export const END_OF_TEXT = 17;

/** What is too much in a text, which the parser would not get through: it calls itself for every list and object. */
function excess(text: string): JsonFlaw | undefined {
  const { characters, values, depth } = JSON_LIMITS;
  if (text.length > characters)
    return { message: `this text is longer than is read (${characters} characters)`, offset: 0, length: 1 };
  const scanner = jsonScanner(text);
  const open: number[] = [];
  let count = 0;
  for (let token: number = scanner.scan(); token !== END_OF_TEXT; token = scanner.scan()) {
    const closing = CLOSING.get(token);
    if (closing !== undefined) open.push(closing);
    else if (token === open.at(-1)) open.pop();
    count++;
    const at = { offset: scanner.getTokenOffset(), length: 1 };
    if (open.length > depth) return { message: `lists and objects are nested more than ${depth} deep here`, ...at };
    // a value has a comma beside it, and in an object its name and a colon
    if (count > 4 * values) return { message: `more values stand before this than are read (${values})`, ...at };
  }
  return undefined;
}

/** The tree of a text of JSON, or what is wrong with it first. Never throws. */
export function readJsonTree(text: string): jsonc.Node | JsonFlaw {
  const source = text.replace(/^\uFEFF/, ' ');
  const flaw = excess(source);
  if (flaw) return flaw;
  const errors: jsonc.ParseError[] = [];
  const root = jsonc.parseTree(source, errors, { disallowComments: true });
  const [syntax] = errors;
  if (root && !syntax) return root;
  const name = syntax ? jsonc.printParseErrorCode(syntax.error) : '';
  const message = SYNTAX.get(name) ?? 'this is not JSON';
  return { message, offset: syntax?.offset ?? 0, length: syntax?.length ?? 1 };
}

/** Whether a text was read. */
export const isTree = (read: jsonc.Node | JsonFlaw): read is jsonc.Node => 'type' in read;

/** The innermost node of a tree at an offset of its text; undefined where there is none. */
export const nodeAt = (root: jsonc.Node, offset: number): jsonc.Node | undefined =>
  jsonc.findNodeAtOffset(root, offset, true);

/** The keys and indices from the root of a tree to a node. */
export const pathOf = (node: jsonc.Node): (string | number)[] => jsonc.getNodePath(node);

/** The name of a property that stands for an object's prototype: no value has it. */
const PROTOTYPE = '__proto__';

/** The value of a tree. Of keys that stand twice in an object the last counts; `__proto__` is left out. */
export function treeValue(node: jsonc.Node): unknown {
  const { type, children = [], value } = node as { type: string; children?: jsonc.Node[]; value?: unknown };
  if (type === 'array') return children.map(treeValue);
  if (type !== 'object') return value;
  const object: Record<string, unknown> = {};
  for (const [key, held] of properties(node)) if (key !== PROTOTYPE) object[key] = treeValue(held);
  return object;
}

/** The keys of an object's node with the nodes of their values, in order. */
export const properties = (node: jsonc.Node): (readonly [key: string, value: jsonc.Node])[] =>
  (node.type === 'object' ? (node.children ?? []) : []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [[key.value as string, value] as const] : [],
  );

/** A property without an effect. */
export interface LostProperty {
  readonly key: string;
  /** Whether its key comes again in its object; else it is no key that a value can have. */
  readonly twice: boolean;
  readonly value: jsonc.Node;
}

/** The properties of a tree that have no effect, in order: those whose key comes again in their object, and `__proto__`. */
export function* lostProperties(node: jsonc.Node): Generator<LostProperty> {
  if (node.type === 'array') for (const child of node.children ?? []) yield* lostProperties(child);
  const rows = properties(node);
  const last = new Map(rows);
  for (const [key, value] of rows) {
    const twice = last.get(key) !== value;
    if (twice || key === PROTOTYPE) yield { key, twice, value };
    else yield* lostProperties(value);
  }
}

/** The node of the key of a property's value. */
export const keyNode = (value: jsonc.Node): jsonc.Node => value.parent?.children?.[0] ?? value;
