import { html, nothing } from 'lit';
import { dynamicsFamily } from '../../../src/core/dynamics';
import { entryDynamics } from '../../../src/core/dynamics/entry';
import { integratorOf } from '../../../src/core/integrators';
import { hasResidual, models, usesSetting } from '../../../src/core/models';
import { choiceField } from '../../controls/choiceField';
import { flagField } from '../../controls/flagField';
import { textField } from '../../controls/textField';
import type { Editing } from '../../state/editing';

/** The kind of model and the size of its network; what the kind has no use for is left out. */
export function modelSettings(editing: Editing): unknown[] {
  const { id } = editing.experiment!.model;
  const row = models.find((one) => one.id === id)!;
  return [
    choiceField(editing, ['model', 'id'], { test: 'model' }),
    html`<p class="about-line" data-testid="model-answers">${row.answers}</p>`,
    remedy(editing),
    usesSetting(id, 'blocks') ? textField(editing, ['model', 'blocks']) : nothing,
    textField(editing, ['model', 'hidden']),
  ];
}

/** What the network is made of; what the kind of model has no use for is left out. */
export function networkSettings(editing: Editing): unknown[] {
  const { id, hidden } = editing.experiment!.model;
  return [
    choiceField(editing, ['model', 'activation']),
    flagField(editing, ['model', 'residual'], {
      hindrance: hasResidual(hidden) ? undefined : 'Two hidden layers of one width in a row are needed',
    }),
    usesSetting(id, 'blocks') ? choiceField(editing, ['model', 'boundaries']) : nothing,
    usesSetting(id, 'timeFeatures')
      ? [choiceField(editing, ['model', 'timeEmbedding']), textField(editing, ['model', 'timeFeatures'])]
      : nothing,
  ];
}

/** What keeps the model from answering by the experiment's own settings, and the edit that mends it. */
function remedy(editing: Editing): unknown {
  const { model, dynamics, integrator } = editing.experiment!;
  const offer = (text: string, label: string, path: readonly string[], value: string) =>
    html`<p class="problem" role="status" data-testid="model-remedy">
      ${text}
      <button type="button" class="link" @click=${() => editing.set(path, value)}>${label}</button>
    </p>`;
  if (model.id === 'fm' && integratorOf(integrator.id).kind !== 'explicit')
    return offer(
      `${integratorOf(integrator.id).title} does not go with flow matching, which has no clock and no noise.`,
      'Use Heun',
      ['integrator', 'id'],
      'heun',
    );
  if (model.id === 'dt' && !entryDynamics(dynamics).clock)
    return offer(
      `${dynamicsFamily(dynamics.id).title} has no clock, which the exact step needs.`,
      'Use the NoProp forward process',
      ['dynamics'],
      'noprop-forward',
    );
  return nothing;
}
