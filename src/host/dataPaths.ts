import path from 'node:path';
import { fileKeys } from '../core/datasets/entry';
import { applyChange } from '../core/experiment/applyChange';
import { parseExperiment } from '../core/experiment/document';

/**
 * The text of an experiment that moves from a folder to another, with its relative paths written anew so that they lead
 * to the same files. Unchanged where it cannot be read, or where no folder was open.
 */
export function movedText(text: string, from: string, to: string): string {
  const data = parseExperiment(text).experiment?.data;
  if (!data || !from || path.relative(from, to) === '') return text;
  return fileKeys(data).reduce((moved, key) => {
    const file = (data as Record<string, unknown>)[key] as string;
    if (path.isAbsolute(file)) return moved;
    const value = path.relative(to, path.resolve(from, file)).replaceAll(path.sep, '/');
    return applyChange(moved, { path: ['data', key], value });
  }, text);
}
