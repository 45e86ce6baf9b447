import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { END_OF_TEXT, isTree, jsonScanner, lostProperties, properties, readJsonTree, treeValue } from './jsonTree';
import { linesAt } from './treeIndex';

/** Numbers as Python writes them, which JSON lacks. */
const LACKED = ['NaN', 'Infinity', '-Infinity'];

/** What stands for such a number: no text has it, but one of this mark's own. */
const MARK = '\uE000';

/**
 * The value of a text of JSON, with NaN and the infinities that Python writes. An InputError says where it is none, where
 * it holds more than is read, or which key stands twice in an object with two values.
 */
export function readPythonJson(text: string): unknown {
  const root = readJsonTree(text.includes(MARK) ? text : withMarks(text));
  if (isTree(root)) {
    refuseTwoValues(root);
    return withNumbers(treeValue(root));
  }
  const { line, column } = linesAt(text, [root.offset])[0]!;
  throw new InputError(`this is not JSON: line ${line}, column ${column}: ${root.message}`);
}

/** An InputError where a key stands twice in an object, and says two things. */
function refuseTwoValues(root: Parameters<typeof treeValue>[0]): void {
  for (const { key, twice, value } of lostProperties(root)) {
    if (!twice) continue;
    const rows = properties(value.parent!.parent!).filter(([name]) => name === key);
    const [first, other] = [...new Set(rows.map(([, one]) => pythonJsonText(withNumbers(treeValue(one)))))];
    if (other !== undefined)
      throw new InputError(
        `${quoted(key)} stands twice, as ${first!.slice(0, SHOWN)} and as ${other.slice(0, SHOWN)}: the two contradict each other`,
      );
  }
}

/** The most characters of a value in a message. */
const SHOWN = 60;

/** The text with marked texts in place of the numbers that JSON lacks; they are two characters longer. */
function withMarks(text: string): string {
  if (!LACKED.some((name) => text.includes(name))) return text;
  const scanner = jsonScanner(text);
  const pieces: string[] = [];
  let end = 0;
  let last = { value: '', end: -1 };
  for (let token: number = scanner.scan(); token !== END_OF_TEXT; token = scanner.scan()) {
    const [word, at] = [scanner.getTokenValue(), scanner.getTokenOffset()];
    const signed = last.value === '-' && last.end === at;
    const name = signed ? `-${word}` : word;
    last = { value: word, end: at + scanner.getTokenLength() };
    if (token !== UNKNOWN_WORD || !LACKED.includes(name)) continue;
    pieces.push(text.slice(end, at - (signed ? 1 : 0)), `"${MARK}${name}"`);
    end = last.end;
  }
  return pieces.join('') + text.slice(end);
}

/** The number of the scanner's token for a word that JSON does not have. */
const UNKNOWN_WORD = 16;

/** The value with numbers in place of their marks. */
function withNumbers(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value;
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNumbers(one)]));
}

/** The value as JSON, with NaN and the infinities as Python writes them; indented as a configuration of Python is. */
export function pythonJsonText(value: unknown): string {
  const marked = (_: string, one: unknown) =>
    typeof one === 'number' && !Number.isFinite(one) ? `${MARK}${one}` : one;
  return JSON.stringify(value, marked, 2).replace(new RegExp(`"${MARK}(${LACKED.join('|')})"`, 'g'), '$1');
}
