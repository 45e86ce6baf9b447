import { html, nothing } from 'lit';
import { trainingParameters } from '../../../src/core/experiment/fields/training';
import { learnsSchedule } from '../../../src/core/experiment/learnedSchedule';
import { scheduleLosses, usesSetting } from '../../../src/core/models';
import { choiceField } from '../../controls/choiceField';
import { textField } from '../../controls/textField';
import type { Editing } from '../../state/editing';

type Knob = keyof typeof trainingParameters;

const knobs = (editing: Editing, names: readonly Knob[]): unknown[] =>
  names.map((name) => textField(editing, ['training', name]));

/** The knobs that everyone sets. */
const basic: readonly Knob[] = ['steps', 'batch', 'learningRate'];

/** How long, with how many rows and how fast. */
export const trainingSettings = (editing: Editing): unknown[] => knobs(editing, basic);

/** What is minimised; what the kind of model has no use for is left out. */
export function lossSettings(editing: Editing): unknown[] {
  const { model } = editing.experiment!;
  const trained = learnsSchedule(editing.experiment!);
  const uses = (setting: 'eta' | 'weightCap' | 'times') => usesSetting(model.id, setting);
  return [
    knobs(
      editing,
      (['eta', 'weightCap'] as const).filter((name) => uses(name) && !(trained && name === 'weightCap')),
    ),
    uses('times') ? choiceField(editing, ['training', 'times']) : nothing,
  ];
}

/** Whether and how a learned schedule is trained; nothing where the schedule is none. */
export function scheduleSettings(editing: Editing): unknown[] {
  const { training, schedules, model } = editing.experiment!;
  if (schedules[0]!.id !== 'learned') return [];
  if (model.id === 'dt')
    return [html`<p class="about-line">The schedule stays as it is: only NoProp-CT trains it.</p>`];
  if (model.id !== 'ct') return [];
  return [
    choiceField(editing, ['training', 'scheduleLoss']),
    html`<p class="about-line">
      ${scheduleLosses.find(({ id }) => id === training.scheduleLoss)!.summary}
      ${
        learnsSchedule(editing.experiment!)
          ? 'No weight is capped while it is trained: the cap would let it lower its own weight.'
          : ''
      }
    </p>`,
  ];
}

/** The knobs that the other sections show. */
const shownElsewhere: readonly Knob[] = [
  ...basic,
  ...(['eta', 'weightCap', 'seeds', 'patience', 'validationShare', 'checkpoints'] as const),
];

/** How it is minimised: every knob that no other section shows. */
export const optimiserSettings = (editing: Editing): unknown[] =>
  knobs(
    editing,
    (Object.keys(trainingParameters) as Knob[]).filter((name) => !shownElsewhere.includes(name)),
  );

/** Which seeds are trained, when they stop, and what is kept on the way. */
export function runSettings(editing: Editing): unknown[] {
  const stops = editing.experiment!.training.patience > 0;
  return [
    textField(editing, ['seed']),
    knobs(editing, ['seeds', 'patience', ...(stops ? (['validationShare'] as const) : []), 'checkpoints']),
  ];
}
