/** A number as Python has it, every digit kept. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  return value > 0 ? 'np.inf' : '-np.inf';
}

/** The longest line that lists and comments are broken to. */
const WIDTH = 110;

/** Words (or numbers) laid out in lines. */
function lines(words: readonly string[], between: string): string[] {
  const out: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line ? line + between + word : word;
    if (longer.length <= WIDTH) line = longer;
    else {
      out.push(line);
      line = word;
    }
  }
  return line ? [...out, line] : out;
}

/** Numbers as a list in Python, laid out in lines. */
export function pythonList(values: ArrayLike<number>): string {
  const rows = lines(Array.from(values, pythonNumber), ', ');
  return rows.length > 1 ? `[\n    ${rows.join(',\n    ')},\n]` : `[${rows[0] ?? ''}]`;
}

/** Text on one line as a string of Python. JSON's escapes are Python's too. */
export const pythonString = (text: string): string => JSON.stringify(text);

/** Text as a comment. Whatever breaks a line in it becomes a blank, so that it stays one. */
export const pythonComment = (text: string): string =>
  lines(text.split(/[\s\p{Cc}\u2028\u2029]+/u), ' ')
    .map((line) => `# ${line}\n`)
    .join('');
