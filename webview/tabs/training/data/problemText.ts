import type { Experiment } from '../../../../src/core/experiment/experiment';
import { fieldAt } from '../../../../src/core/experiment/fieldAt';
import { labelOf } from '../../../../src/core/experiment/fieldWords';

/** A message about the data as a sentence, with the names of settings in place of their keys. */
export function sentenceOf(message: string, experiment: Experiment): string {
  const spoken = message.replace(/\b(data|training)\.[a-z]+\b/gi, (key) => {
    const field = fieldAt(key.split('.'), experiment);
    return field ? `“${labelOf(field)}”` : key;
  });
  return `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}${/[.!?]$/.test(spoken) ? '' : '.'}`;
}
