import { html } from 'lit';
import { trainingParameters } from '../../src/core/experiment/training';
import { learnsSchedule } from '../../src/core/learning';
import { scheduleLosses } from '../../src/core/models';
import { timeSamplings } from '../../src/core/timeSampling';
import { field, parameterField, picker } from '../controls/field';
import type { Store } from '../store';

/** How the network is fitted: the loss, the optimiser, the times and the seed. */
export function fitSettings(store: Store): unknown[] {
  const { training, schedules, model } = store.experiment!;
  const trained = learnsSchedule(store.experiment!);
  return [
    Object.entries(trainingParameters)
      .filter(([name]) => !(trained && name === 'weightCap'))
      .map(([name, row]) => parameterField(store, ['training', name], row)),
    schedules[0]!.id === 'learned' && model.id === 'ct'
      ? [
          picker('Schedule loss', training.scheduleLoss, scheduleLosses, (value) =>
            store.edit({ path: ['training', 'scheduleLoss'], value }),
          ),
          html`<p class="about-line">
            ${scheduleLosses.find(({ id }) => id === training.scheduleLoss)!.summary}
            ${trained ? 'No weight is capped while it is trained: the cap would let it lower its own weight.' : ''}
          </p>`,
        ]
      : [],
    picker('Times', training.times, timeSamplings, (value) => store.edit({ path: ['training', 'times'], value })),
    field(store, ['seed'], 'Seed', 'number'),
  ];
}
