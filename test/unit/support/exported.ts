import { exportFormat } from '../../../src/core/exports';
import type { Experiment } from '../../../src/core/experiment/experiment';

/** An experiment in an export format that is text. */
export function exportedText(format: string, experiment: Experiment): string {
  const { write, extension } = exportFormat(format);
  const content = write({ experiment }, `out.${extension}`);
  if (typeof content !== 'string') throw new Error(`the format ${format} is no text`);
  return content;
}
