/** A program to start, and the first of its arguments. */
export type Interpreter = readonly [program: string, ...args: string[]];

/** The interpreters that are tried in their order: the chosen one alone, else those that a system usually has. */
export const interpretersOf = (chosen: string | undefined, platform = process.platform): readonly Interpreter[] =>
  chosen ? [[chosen]] : platform === 'win32' ? [['py', '-3'], ['python']] : [['python3'], ['python']];

/** What to do where there is no Python. */
const REMEDY = 'the setting noprop.python, or in a terminal the environment variable NOPROP_PYTHON';

/** Why no Python was started. */
export const missingText = (chosen: string | undefined): string =>
  chosen
    ? `there is no Python at ${chosen}: name another by ${REMEDY}`
    : `no Python was found as ${interpretersOf(chosen).map((one) => one.join(' ')).join(' or ')}: install one, or name it by ${REMEDY}`; // prettier-ignore
