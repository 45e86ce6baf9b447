import { html, nothing } from 'lit';
import { trainingParameters } from '../../../src/core/experiment/fields/training';
import { learnsSchedule } from '../../../src/core/experiment/learnedSchedule';
import { scheduleLosses, usesSetting } from '../../../src/core/models';
import { timeSamplings } from '../../../src/core/models/timeSamplings';
import { field, idPicker, parameterField } from '../../controls/field';
import type { Store } from '../../state/store';

type Knob = keyof typeof trainingParameters;

const knobs = (store: Store, names: readonly Knob[]): unknown[] =>
  names.map((name) => parameterField(store, ['training', name], trainingParameters[name]));

/** What is minimised; what the kind of model has no use for is left out. */
export function lossSettings(store: Store): unknown[] {
  const { training, schedules, model } = store.experiment!;
  const trained = learnsSchedule(store.experiment!);
  const uses = (setting: 'eta' | 'weightCap' | 'times') => usesSetting(model.id, setting);
  return [
    knobs(
      store,
      (['eta', 'weightCap'] as const).filter((name) => uses(name) && !(trained && name === 'weightCap')),
    ),
    uses('times') ? idPicker(store, ['training', 'times'], 'Times', timeSamplings) : nothing,
    schedules[0]!.id === 'learned' && model.id === 'dt'
      ? html`<p class="about-line">The schedule stays as it is: only NoProp-CT trains it.</p>`
      : nothing,
    schedules[0]!.id === 'learned' && model.id === 'ct'
      ? [
          idPicker(store, ['training', 'scheduleLoss'], 'Schedule loss', scheduleLosses),
          html`<p class="about-line">
            ${scheduleLosses.find(({ id }) => id === training.scheduleLoss)!.summary}
            ${trained ? 'No weight is capped while it is trained: the cap would let it lower its own weight.' : ''}
          </p>`,
        ]
      : nothing,
  ];
}

/** How it is minimised. */
export const optimiserSettings = (store: Store): unknown[] =>
  knobs(store, ['steps', 'batch', 'learningRate', 'warmup', 'weightDecay', 'gradientClip', 'averaging']);

/** Which seeds are trained, when they stop, and what is kept on the way. */
export function runSettings(store: Store): unknown[] {
  const stops = store.experiment!.training.patience > 0;
  return [
    field(store, ['seed'], 'Seed', 'number'),
    knobs(store, ['seeds', 'patience', ...(stops ? (['validationShare'] as const) : []), 'checkpoints']),
  ];
}
