import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { FileRefusedError, isNetworkPath, refusalOf, type FileRule } from '../../core/files/filePlaces';

/** Which files may be read, and the folder of the experiment that names one: files that lie in it itself may be. */
export interface Allowance {
  readonly rule: FileRule;
  readonly beside: string;
}

/** A path of an experiment in a folder as an absolute one. A path to another machine stays as it is on every system. */
export const dataPath = (folder: string, name: string): string =>
  isNetworkPath(name) ? name : path.resolve(folder, name);

/**
 * Where an allowed file's path leads, through every link. A FileRefusedError where the path, or what it leads to, is not
 * allowed; a path that is not is never touched.
 */
export async function allowedPath(file: string, { rule, beside }: Allowance): Promise<string> {
  if (rule === 'any') return file;
  refuse(file, file, rule, beside);
  const target = await fs.realpath(file);
  const [folder = '', ...folders] = await Promise.all([beside, ...rule.folders].map(realFolder));
  refuse(target, file, { ...rule, folders }, folder);
  return target;
}

/** Throws where an open file is no longer the one that was allowed: a link may have changed before it was opened. */
export async function checkOpened(handle: FileHandle, target: string, { rule }: Allowance): Promise<void> {
  if (rule === 'any') return;
  const [opened, named, now] = await Promise.all([
    handle.stat({ bigint: true }),
    fs.stat(target, { bigint: true }),
    fs.realpath(target),
  ]);
  if (now !== target || opened.ino !== named.ino || opened.dev !== named.dev)
    throw new FileRefusedError('outside', now, target, `${target} is not read: it became another file meanwhile`);
}

function refuse(file: string, named: string, rule: FileRule, beside: string): void {
  const refusal = refusalOf(file, rule, beside);
  if (refusal) throw new FileRefusedError(refusal, file, named);
}

/** Where a folder's path leads; the path where there is no such folder. */
const realFolder = async (folder: string): Promise<string> =>
  folder === '' ? '' : fs.realpath(folder).catch(() => folder);
