import type * as jsonc from 'jsonc-parser';
import { LONGEST } from '../formula';
import { quoted } from '../registry/quoted';
import { ownOf } from '../registry/own';
import { InputError, type LocatedProblem, type Problem } from '../registry/problem';
import { isTree, keyNode, lostProperties, readJsonTree, treeValue, type JsonFlaw } from '../text/jsonTree';
import { linesAt } from '../text/treeIndex';
import { VERSION, experimentSchema, type Experiment } from './experiment';
import { experimentWarnings } from './experimentWarnings';
import { ProblemList, type FoundProblem } from './locatedProblems';
import { overlongLists } from './schemaPath';
import { isNote, unusedSettings } from './unusedSettings';

/** What a text says: its experiment where it is valid, and what is wrong, located: the first problems, and how many more. */
export interface Parsed {
  readonly experiment?: Experiment;
  readonly problems: readonly LocatedProblem[];
}

/** The most operations of all formulas together. */
const OPERATIONS = 1000;

/** The most keys beside the settings that are looked at. */
const NOTES = 200;

/** Parses the text of a *.noprop.json. Never throws: what is wrong comes as located problems. */
export function parseExperiment(text: string): Parsed {
  const root = readJsonTree(text);
  if (!isTree(root)) return { problems: [flawProblem(text, root)] };
  const value = treeValue(root);
  const list = new ProblemList();
  const foreign = foreignProblem(value);
  if (foreign) {
    list.add([foreign]);
    return { problems: list.located(text, root) };
  }
  const experiment = checked(value, list);
  list.add(lostWarnings(root));
  list.add(unusedWarnings(experiment ?? value, experiment !== undefined));
  if (experiment) list.add(experimentWarnings(experiment));
  const problems = list.located(text, root);
  return experiment ? { experiment, problems } : { problems };
}

/** The experiment of a text; an InputError with every problem's line where it is not one. */
export function readExperiment(text: string, file: string): Experiment {
  const { experiment, problems } = parseExperiment(text);
  if (experiment) return experiment;
  throw new InputError(problems.map((problem) => problemLine(problem, file)).join('\n'));
}

/** A problem of a file as a line of text, as compilers write it. */
export const problemLine = ({ line, column, message }: LocatedProblem, file: string): string =>
  `${file}:${line}:${column}: ${message}`;

function flawProblem(text: string, { message, offset, length }: JsonFlaw): LocatedProblem {
  const words = text.trim() ? message : 'the file is empty: an experiment is a JSON object';
  const problem = { severity: 'error', path: [], message: words, inSchema: true } as const;
  return { ...problem, offset, length: Math.max(length, 1), ...linesAt(text, [offset])[0]! };
}

/** What is wrong where the value is no experiment of ours at all, or one of a newer version. */
function foreignProblem(value: unknown): FoundProblem | undefined {
  const error = (path: Problem['path'], message: string): FoundProblem => ({
    severity: 'error',
    path,
    message: () => message,
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

/** The experiment of a value that the schema takes; what it refuses is added to the list. */
function checked(value: unknown, list: ProblemList): Experiment | undefined {
  const excess = [...overlongLists(value, experimentSchema), ...formulaExcess(value)];
  if (excess.length) {
    list.add(excess.map(({ path, message }) => ({ severity: 'error', path, message: () => message, inSchema: true })));
    return undefined;
  }
  const { data, error } = experimentSchema.safeParse(value);
  for (const { path, message, code } of error?.issues ?? [])
    list.add([
      { severity: 'error', path: path as Problem['path'], message: () => message, inSchema: code !== 'custom' },
    ]);
  return data;
}

/** The first formula with which the formulas of an experiment take too long to try: each is tried at many times. */
function* formulaExcess(value: unknown): Generator<Pick<Problem, 'path' | 'message'>> {
  const schedules = ownOf(value, 'schedules');
  let operations = 0;
  for (const [i, entry] of Array.isArray(schedules) ? schedules.entries() : []) {
    const formula = ownOf(ownOf(entry, 'inputs'), 'formula');
    const read = typeof formula === 'string' && formula.length <= LONGEST;
    operations += read ? formula.replace(/[^-+*/^(,]/g, '').length : 0;
    if (operations <= OPERATIONS) continue;
    const message = `the formulas of an experiment may have at most ${OPERATIONS} operations together: this one exceeds them`;
    yield { path: ['schedules', i, 'inputs', 'formula'], message };
    return;
  }
}

/** Warnings of settings that nothing uses, but for somebody's own notes. */
function* unusedWarnings(value: unknown, valid: boolean): Generator<FoundProblem> {
  let beside = 0;
  for (const setting of unusedSettings(value, valid)) {
    if (setting.path.length === 1) beside++;
    if (setting.path.length === 1 && (beside > NOTES || isNote(setting))) continue;
    yield { severity: 'warning', mark: 'key', ...setting };
  }
}

/** Warnings of the properties that have no effect wherever they stand. */
function* lostWarnings(root: jsonc.Node): Generator<FoundProblem> {
  for (const { key, twice, value } of lostProperties(root)) {
    const why = twice ? 'stands again below, and the last one counts' : 'is no name that a setting can have';
    yield {
      severity: 'warning',
      path: [],
      message: () => `${quoted(key)} ${why}: this one has no effect`,
      mark: keyNode(value),
    };
  }
}
