import { trainingParameters } from '../../src/core/experiment/training';
import { timeSamplings } from '../../src/core/timeSampling';
import { field, parameterField, picker } from '../controls/field';
import type { Store } from '../store';

/** How the network is fitted: the loss, the optimiser, the times and the seed. */
export function fitSettings(store: Store): unknown[] {
  const { training } = store.experiment!;
  return [
    Object.entries(trainingParameters).map(([name, row]) => parameterField(store, ['training', name], row)),
    picker('Times', training.times, timeSamplings, (value) => store.edit({ path: ['training', 'times'], value })),
    field(store, ['seed'], 'Seed', 'number'),
  ];
}
