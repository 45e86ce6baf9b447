import jsep from 'jsep';
import { InputError } from '../registry/problem';
import { constants, functions } from './dual';

/** A formula as a tree: numbers, names, and calls of functions or of an operator by its sign. */
export type Tree =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Tree[] };

/** The longest formula, in characters. */
export const LONGEST = 500;

const NAME = /^[\p{L}_][\p{L}0-9_]*$/u;

/** What no formula has: other signs and blanks, and digits of other scripts where they begin something. */
const STRANGE = /[^\p{L}\p{N}_ \t\r\n.+\-*/^(),]|(?<![\p{L}\p{N}_])(?![0-9])\p{N}/u;

type Node = jsep.Expression & { at?: number };

jsep.removeAllUnaryOps();
jsep.removeAllBinaryOps();
jsep.removeIdentifierChar('$');
for (const [sign, rank] of Object.entries({ '+': 1, '-': 1, '*': 2, '/': 2 })) jsep.addBinaryOp(sign, rank);
jsep.addBinaryOp('^', 3, true);

// Notes where every value stands, and takes only the values of a formula: the parser knows more than is wanted here.
jsep.hooks.add('gobble-token', function (env) {
  const node = value(this);
  if (node) env.node = node;
});

function value(parser: jsep.HookScope): Node | undefined {
  const { index: at, expr } = parser;
  const char = String.fromCodePoint(expr.codePointAt(at) ?? 0);
  if (/[0-9.]/.test(char)) return { ...parser.gobbleNumericLiteral()!, at };
  if (/[\p{L}_]/u.test(char)) return { ...parser.gobbleTokenProperty(parser.gobbleIdentifier()!), at };
  if (char === '(') {
    const inside = parser.gobbleGroup() as Node | false;
    return inside ? { ...inside, at } : parser.throwError('a value is missing between the parentheses');
  }
  if (char === '-' || char === '+') {
    parser.index++;
    const argument = valueAfter(parser, char);
    return { type: 'UnaryExpression', operator: char, argument: powered(parser, argument), at };
  }
  return undefined;
}

/** The value that must follow a sign. */
function valueAfter(parser: jsep.HookScope, sign: string): Node {
  const node = parser.gobbleToken() as Node | false | undefined;
  if (node) return node;
  return parser.throwError(`a value is missing after ${sign}`);
}

/** A value with the power it is raised to, where one follows: ^ binds more tightly than the sign before, and to the right. */
function powered(parser: jsep.HookScope, base: Node): Node {
  parser.gobbleSpaces();
  if (parser.char !== '^') return base;
  parser.index++;
  const exponent = valueAfter(parser, '^');
  return { type: 'BinaryExpression', operator: '^', left: base, right: powered(parser, exponent) };
}

/** The parser's own words, and ours. */
const WORDS: readonly [RegExp, string][] = [
  [/^Expected expression after (.*)$/, 'a value is missing after $1'],
  [/^(Unclosed \(|Expected \)).*$/, 'a closing parenthesis is missing'],
  [/^Unexpected "\)"$/, 'a closing parenthesis has no opening one'],
  [/^Unexpected "(.*)"$/, 'a value is missing before $1'],
  [/^Unexpected token .*$/, 'an argument is missing'],
  [/^Expected comma$/, 'an operator or a comma is missing'],
  [/^Expected exponent.*$/, 'the exponent of a number is missing'],
  [/^Unexpected period$/, 'a number has one period'],
  [/^Variable names cannot start with a number.*$/, 'an operator is missing after a number'],
];

/** What is wrong with a formula's text, and the offset where. */
export class FormulaError extends InputError {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** Bad input at an offset of a text, with what is allowed. */
const wrong = (what: string, at: number, allowed = '') =>
  new FormulaError(`${what} at column ${at + 1}${allowed && ': '}${allowed}`, at);

/** The tree of a formula's text; an InputError says what is wrong at which column. */
export function parseFormula(text: string): Tree {
  if (!text.trim()) throw new FormulaError('it is empty', 0);
  if (text.length > LONGEST) throw new FormulaError(`it is longer than ${LONGEST} characters`, LONGEST);
  checkCharacters(text);
  let root: Node;
  try {
    root = jsep(text);
  } catch (error) {
    const { index, description } = error as { index?: number; description?: string };
    if (index === undefined || description === undefined) throw error;
    const [pattern, words] = WORDS.find(([one]) => one.test(description)) ?? [/^/, ''];
    throw wrong(description.replace(pattern, words), index);
  }
  return treeOf(root, text);
}

/** Refuses characters that no formula has, and commas outside calls: the parser would pass over some of them. */
function checkCharacters(text: string): void {
  const strange = STRANGE.exec(text);
  if (strange) throw wrong(`the character ${characterText(strange[0])} is not part of a formula`, strange.index);
  const calls: boolean[] = [];
  for (const { 0: sign, index } of text.matchAll(/[(),]/g)) {
    if (sign === '(') calls.push(/[\p{L}\p{N}_]\s*$/u.test(text.slice(0, index)));
    else if (sign === ')') calls.pop();
    else if (!calls.at(-1))
      throw wrong('a comma stands outside a call', index, 'commas part the arguments of a function');
  }
}

/** A character as a message names it: one that nobody sees by its number, a digit of another script with a hint. */
function characterText(character: string): string {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  if (/[\p{C}\p{Z}]/u.test(character)) return `${number}, which is not seen,`;
  return /\p{N}/u.test(character) ? `${character} (${number}; digits are 0 to 9)` : character;
}

function treeOf(node: Node, text: string): Tree {
  if (node.type === 'Compound' || node.type === 'SequenceExpression') {
    const second = ((node.body ?? node.expressions) as Node[])[1]!;
    throw wrong(`an operator is missing before ${token(text, start(second))}`, start(second));
  }
  const at = start(node);
  if (node.type === 'Literal') return { kind: 'number', value: node.value as number };
  if (node.type === 'Identifier') return nameOf(node.name as string, at);
  if (node.type === 'CallExpression') return callOf(node as jsep.CallExpression & Node, text);
  if (node.type === 'UnaryExpression') {
    const argument = treeOf(node.argument as Node, text);
    const zero: Tree = { kind: 'number', value: 0 };
    return node.operator === '-' ? { kind: 'call', name: '-', args: [zero, argument] } : argument;
  }
  if (node.type === 'BinaryExpression') {
    const { operator, left, right } = node as jsep.BinaryExpression;
    return { kind: 'call', name: operator, args: [treeOf(left, text), treeOf(right, text)] };
  }
  throw wrong(`${token(text, at)} is not part of a formula`, at);
}

/** Where the first value of a node stands. */
const start = (node: Node): number => node.at ?? start(node.left as Node);

const token = (text: string, at: number) => /^(?:[\p{L}\p{N}_.]+|.)/u.exec(text.slice(at))?.[0] ?? 'the end';

function nameOf(name: string, at: number): Tree {
  if (!NAME.test(name)) throw wrong(`unknown name "${name}"`, at, 'names are letters, digits and underscores');
  if (name in {}) throw wrong(`"${name}" is no name for a parameter`, at);
  if (functions.has(name)) throw wrong(`${name} lacks its argument`, at, `write ${name}(…)`);
  const value = constants.get(name);
  return value === undefined ? { kind: 'name', name } : { kind: 'number', value };
}

function callOf({ callee, arguments: args, at }: jsep.CallExpression & Node, text: string): Tree {
  const name = callee.type === 'Identifier' ? (callee.name as string) : token(text, at!);
  const found = functions.get(name);
  if (!found) {
    const known = `write * for a product; functions are ${[...functions.keys()].join(', ')}`;
    throw wrong(`unknown function "${name}"`, at!, known);
  }
  const { least, most } = found;
  if (args.length < least || args.length > most) {
    const count = `${most === least ? '' : 'at least '}${least} argument${least === 1 ? '' : 's'}`;
    throw wrong(`${name} has ${args.length} arguments`, at!, `it takes ${count}`);
  }
  return { kind: 'call', name, args: args.map((one) => treeOf(one, text)) };
}
