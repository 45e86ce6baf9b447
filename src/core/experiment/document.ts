import * as jsonc from 'jsonc-parser';
import { entryDynamics } from '../dynamics/entry';
import { VERSION, experimentSchema, type Experiment } from './experiment';
import { entryProblems } from '../schedules/definition';
import { holdLists, putLists } from '../text/numberLists';
import type { Change } from './changes';
import { unusedSettings } from './unusedSettings';
import { InputError, type LocatedProblem, type Problem } from '../registry/problem';

/** What a text says: its experiment where it is valid, and every problem, located. */
export interface Parsed {
  readonly experiment?: Experiment;
  readonly problems: readonly LocatedProblem[];
}

/** In words, by the parser's names for its errors. */
const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this word is not JSON: names and text stand in double quotes, and NaN and Infinity are not JSON',
  InvalidNumberFormat: 'this is not a number in JSON',
  PropertyNameExpected: 'a "name" in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing brace is missing here',
  CloseBracketExpected: 'a closing bracket is missing here',
  EndOfFileExpected: 'the text should end here',
  InvalidCommentToken: 'comments are not allowed in JSON',
  UnexpectedEndOfComment: 'this comment does not end',
  UnexpectedEndOfString: 'this text lacks its closing quote',
};

/** Parses the text of a *.noprop.json. Never throws: what is wrong comes as located problems. */
export function parseExperiment(text: string): Parsed {
  const errors: jsonc.ParseError[] = [];
  const root = jsonc.parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true });
  const syntax = errors[0];
  if (syntax || !root) {
    const name = syntax ? jsonc.printParseErrorCode(syntax.error) : '';
    const message = text.trim()
      ? (SYNTAX[name] ?? 'this is not JSON')
      : 'the file is empty: an experiment is a JSON object';
    const problem: Problem = { severity: 'error', path: [], message, inSchema: true };
    return { problems: [place(text, problem, syntax?.offset ?? 0, syntax?.length ?? 1)] };
  }
  const value: unknown = jsonc.getNodeValue(root);
  const foreign = foreignProblem(value);
  if (foreign) return { problems: [locate(text, root, foreign)] };
  const result = experimentSchema.safeParse(value);
  const found: Problem[] = result.success
    ? [
        // a key of its own beside the settings is somebody's note
        ...unusedSettings(result.data).filter(({ path }) => path.length > 1),
        ...scheduleWarnings(result.data),
        ...flowWarnings(result.data),
      ]
    : result.error.issues.map(({ path, message, code }) => ({
        severity: 'error',
        path: path as (string | number)[],
        message,
        inSchema: code !== 'custom',
      }));
  const problems = found.map((problem) => locate(text, root, problem));
  if (result.success) problems.sort((a, b) => a.offset - b.offset);
  return result.success ? { experiment: result.data, problems } : { problems };
}

/** The experiment of a text; an InputError with every error's line where it is not one. */
export function readExperiment(text: string, file: string): Experiment {
  const { experiment, problems } = parseExperiment(text);
  if (experiment) return experiment;
  throw new InputError(problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'));
}

/**
 * The text with a change made: layout and unknown keys elsewhere stay as they are. An id that stands alone for its
 * object becomes that object where a part of it is set.
 */
export function applyChange(before: string, { path, value, insert }: Change): string {
  const text = spelledOut(before, path);
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const lists: string[] = [];
  const edits = jsonc.modify(text, [...path], holdLists(value, lists), {
    isArrayInsertion: insert ?? false,
    formattingOptions: {
      insertSpaces: !indent.startsWith('\t'),
      tabSize: indent.startsWith('\t') ? 1 : indent.length,
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
  });
  const whole = edits.map((edit) => ({ ...edit, content: putLists(edit.content, lists) }));
  return jsonc.applyEdits(text, whole);
}

/** The text with the first string that a path leads through made an object with that id. */
function spelledOut(text: string, path: Change['path']): string {
  const root = jsonc.parseTree(text.replace(/^\uFEFF/, ' '));
  for (let depth = 1; root && depth < path.length; depth++) {
    const node = jsonc.findNodeAtLocation(root, path.slice(0, depth));
    if (node?.type !== 'string') continue;
    const { offset, length } = node;
    const id = text.slice(offset, offset + length);
    return `${text.slice(0, offset)}{ "id": ${id} }${text.slice(offset + length)}`;
  }
  return text;
}

/** What is wrong where the value is no experiment of ours at all, or one of a newer version. */
function foreignProblem(value: unknown): Problem | undefined {
  const error = (path: Problem['path'], message: string): Problem => ({
    severity: 'error',
    path,
    message,
    inSchema: false,
  });
  const { version, schedules } = (value ?? {}) as { version?: unknown; schedules?: unknown };
  if (typeof version !== 'number' && schedules === undefined)
    return error([], 'this is not a NoProp experiment: it must be an object with "version" and "schedules"');
  return typeof version === 'number' && version > VERSION
    ? error(
        ['version'],
        `version ${version} is newer than this NoProp Lab reads (${VERSION}): update the extension to open it`,
      )
    : undefined;
}

/** What the family of a schedule warns of. */
const scheduleWarnings = ({ schedules }: Pick<Experiment, 'schedules'>): Problem[] =>
  schedules.flatMap((entry, i) =>
    entryProblems(entry)
      .filter(({ severity }) => severity === 'warning')
      .map((warning) => ({ ...warning, path: ['schedules', i, ...warning.path], inSchema: false })),
  );

/** Noise where the dynamics has none. */
function flowWarnings({ dynamics }: Pick<Experiment, 'dynamics'>): Problem[] {
  const { id, noise } = dynamics;
  if (!noise || entryDynamics(dynamics).noise !== undefined) return [];
  const message = `${id} has no noise of its own, so nothing can be integrated with it: turn noise off`;
  return [{ severity: 'warning', path: ['dynamics', 'noise'], message, inSchema: false }];
}

/** A problem at its node, or at the nearest parent that the text has. */
function locate(text: string, root: jsonc.Node, problem: Problem): LocatedProblem {
  let node: jsonc.Node | undefined;
  for (let depth = problem.path.length; !node; depth--)
    node = jsonc.findNodeAtLocation(root, problem.path.slice(0, depth));
  return place(text, problem, node.offset, node.type === 'object' || node.type === 'array' ? 1 : node.length);
}

function place(text: string, problem: Problem, offset: number, length: number): LocatedProblem {
  const before = text.slice(0, offset).split('\n');
  return { ...problem, offset, length: Math.max(length, 1), line: before.length, column: before.at(-1)!.length + 1 };
}
