import { systemErrorText } from '../../core/registry/systemErrors';

/** What a person can do, by the code of the system's error. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'make room on that disk'],
  ['EDQUOT', 'delete files of yours on that disk'],
  ['EFBIG', 'allow larger files there'],
  ['EROFS', 'make that disk writable'],
  ['EACCES', 'permit writing there'],
  ['EPERM', 'permit writing there'],
  ['EIO', 'check that disk'],
  ['ENOENT', 'make that folder again'],
  ['ENOTDIR', 'make that folder again'],
  ['EBUSY', 'close the program that holds it'],
  ['ESTALE', 'connect that drive again'],
  ['ETIMEDOUT', 'connect that drive again'],
  ['EHOSTDOWN', 'connect that drive again'],
  ['EMFILE', 'close other programs'],
  ['ENFILE', 'close other programs'],
]);

/** What a missing file means where one is written, in place of "there is no such file". */
const GONE = 'the folder is gone and cannot be made again';

/** Which folder could not be written to, why, and what to do, in words that begin a sentence. */
export function writeProblem(folder: string, error: unknown): string {
  const code = String((error as NodeJS.ErrnoException).code);
  const why = code === 'ENOENT' ? GONE : systemErrorText(error);
  return `the run cannot be saved in ${folder}: ${why}; ${REMEDIES.get(code) ?? 'choose another folder for runs'}`;
}

/** How far a training is whose save failed. */
export interface Unsaved {
  readonly folder: string;
  readonly error: unknown;
  /** The step that is kept on disk. */
  readonly keptStep: number;
  /** Whether the training has taken its last step. */
  readonly ended: boolean;
  /** Steps whose checkpoints will not be kept: there was no room for more in memory. */
  readonly dropped: readonly number[];
}

/** Says that a save failed, what happens now, and what is kept. */
export function saveProblemText({ folder, error, keptStep, ended, dropped }: Unsaved): string {
  const now = ended
    ? `the training has ended and waits in memory until it can be saved; if it is stopped now, all after step ${keptStep} is lost`
    : `the training goes on in memory, and saving is tried again every few seconds; step ${keptStep} is kept`;
  const lost = dropped.length ? `; checkpoints that are lost: ${dropped.join(', ')}` : '';
  return `${writeProblem(folder, error)}. Meanwhile ${now}${lost}`;
}
