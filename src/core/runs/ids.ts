import { InputError } from '../registry/problem';
import { DEVICE_NAME } from '../text/deviceName';
import { chosenRun, type RunChoice } from './record';

/** The folder of comparisons, in a run's folder and beside the runs: the one name beside them that is no run. */
export const COMPARISONS = 'comparisons';

/** The folder of runs in a workspace, and of the terminal where no other is named. */
export const RUNS_FOLDER = 'noprop-runs';

/** A file that is touched among the runs where something inside a run's folder has changed that nobody else would notice. */
export const CHANGED_MARK = '.changed';

/** The most UTF-16 units of a name. No system takes names of more than 255 bytes. */
const LONGEST = 200;

/** What is wrong with a text as the name of one file or folder, on any system; undefined where nothing is. */
export function nameProblem(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return 'it is no name';
  if (name.length > LONGEST) return `it has ${name.length} characters, and at most ${LONGEST} are allowed`;
  if (/[/\\:]/.test(name)) return 'it has a slash, a backslash or a colon';
  // eslint-disable-next-line no-control-regex -- these are what is refused
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'it has a control character';
  if (name.startsWith('.')) return 'it begins with a dot';
  if (/[. ]$/.test(name)) return 'it ends with a dot or a space';
  if (DEVICE_NAME.test(name)) return 'Windows keeps this name for a device';
  return undefined;
}

/** What is wrong with a text as the id of a run, the name of its folder; undefined where nothing is. */
export const runIdProblem = (id: unknown): string | undefined =>
  id === COMPARISONS ? 'comparisons are kept under this name' : nameProblem(id);

/** A text as an error shows it: short, in one line, in quotes. */
const shown = (text: unknown): string => JSON.stringify(String(text).slice(0, 80));

/** The id of a run, which is the name of its folder. An InputError where it would lead anywhere else. */
export function checkRunId(id: unknown): string {
  const problem = runIdProblem(id);
  if (problem !== undefined) throw new InputError(`${shown(id)} is not the id of a run: ${problem}`);
  return id as string;
}

/** The parts of the path of a kept comparison, from the folder of all runs. An InputError where it would lead elsewhere. */
export function checkComparisonId(id: unknown): readonly string[] {
  const parts = typeof id === 'string' ? id.split('/') : [];
  const [place, folder, file] = parts;
  // either comparisons/EXPERIMENT/FILE.json or RUN/comparisons/FILE.json
  const known = parts.length === 3 && (place === COMPARISONS || folder === COMPARISONS) && file!.endsWith('.json');
  const problem = known ? parts.map(nameProblem).find(Boolean) : 'it names no file of a comparison';
  if (problem !== undefined) throw new InputError(`${shown(id)} is not the id of a comparison: ${problem}`);
  return parts;
}

/** The step of a checkpoint. An InputError where it is no whole number from 1. */
export function checkCheckpoint(step: unknown): number {
  if (Number.isSafeInteger(step) && (step as number) >= 1) return step as number;
  throw new InputError(`${shown(step)} is not the step of a checkpoint: a whole number from 1 is needed`);
}

/** A run that is chosen by its id, chosen by `folderOf` its id. An InputError as above. */
export function choiceInFolder(choice: RunChoice, folderOf: (id: string) => string): RunChoice {
  const { run, checkpoint } = chosenRun(choice);
  const folder = folderOf(checkRunId(run));
  return checkpoint === undefined ? folder : { run: folder, checkpoint: checkCheckpoint(checkpoint) };
}

/** An experiment's name in a form that every system takes as the name of a folder. */
export function slugOf(name: string): string {
  const words = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, ''); // prettier-ignore
  const slug = [...words].slice(0, 40).join(''); // whole characters: half of one is no text
  return slug === '' || DEVICE_NAME.test(slug) ? ['run', slug].filter(Boolean).join('-') : slug;
}
