import { InputError } from '../registry/problem';
import type { Experiment } from './experiment';

/** Settings of a head that have no use where numbers are predicted, and what they must be then. */
const NUMERIC = { prediction: 'regression', readout: 'nearest' } as const;

/** An InputError where the prediction, embedding and read-out of a model do not go together, or with numbers to predict. */
export function checkHead({ id, embedding, ...rest }: Experiment['model'], numeric: boolean): void {
  if (id === 'fm' && rest.prediction !== 'regression')
    throw new InputError(
      `model.prediction must be regression with NoProp-FM, whose answer is a velocity and no mixture of embeddings: got ${rest.prediction}`,
    );
  if (!numeric) return;
  const refuse = (key: string, value: string, allowed: string) =>
    new InputError(
      `model.${key} must be ${allowed} where numbers are predicted, for these have no classes: got ${value}`,
    );
  if (embedding.id !== 'one-hot') throw refuse('embedding', embedding.id, 'one-hot, its default,');
  for (const [key, allowed] of Object.entries(NUMERIC)) {
    const value = rest[key as keyof typeof NUMERIC];
    if (value !== allowed) throw refuse(key, value, allowed);
  }
}
