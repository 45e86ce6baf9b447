import path from 'node:path';
import { applyChange } from '../core/experiment/applyChange';
import { parseExperiment } from '../core/experiment/document';
import { experimentFiles } from '../core/experiment/experimentFiles';

/**
 * The text of an experiment that moves from a folder to another, with its relative paths written anew so that they lead
 * to the same files. Unchanged where it cannot be read, or where no folder was open.
 */
export function movedText(text: string, from: string, to: string): string {
  const { experiment } = parseExperiment(text);
  if (!experiment || !from || path.relative(from, to) === '') return text;
  return experimentFiles(experiment).reduce((moved, { path: setting, file }) => {
    if (path.isAbsolute(file)) return moved;
    const value = path.relative(to, path.resolve(from, file)).replaceAll(path.sep, '/');
    return applyChange(moved, { path: setting, value });
  }, text);
}
