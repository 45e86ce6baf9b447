import { html, nothing, type TemplateResult } from 'lit';
import { dynamicsFamily } from '../../../src/core/dynamics';
import { entryDynamics } from '../../../src/core/dynamics/entry';
import { integratorOf } from '../../../src/core/integrators';
import { hasResidual, models, usesSetting } from '../../../src/core/models';
import { choiceField } from '../../controls/choiceField';
import { textField } from '../../controls/textField';
import type { Editing } from '../../state/editing';

/** The kind of model and its network; what the kind has no use for is left out. */
export function modelSettings(editing: Editing): unknown[] {
  const { model } = editing.experiment!;
  const { id } = model;
  const row = models.find((one) => one.id === id)!;
  return [
    choiceField(editing, ['model', 'id'], { test: 'model' }),
    html`<p class="about-line" data-testid="model-answers">${row.answers}</p>`,
    remedy(editing),
    usesSetting(id, 'blocks')
      ? [textField(editing, ['model', 'blocks']), choiceField(editing, ['model', 'boundaries'])]
      : nothing,
    textField(editing, ['model', 'hidden']),
    choiceField(editing, ['model', 'activation']),
    residualCheck(editing),
    usesSetting(id, 'timeFeatures')
      ? [choiceField(editing, ['model', 'timeEmbedding']), textField(editing, ['model', 'timeFeatures'])]
      : nothing,
  ];
}

/** Whether hidden layers of one width are residual; only where there are two in a row. */
function residualCheck(editing: Editing): TemplateResult {
  const { hidden, residual } = editing.experiment!.model;
  const can = hasResidual(hidden);
  const reason = can
    ? 'A hidden layer of the width of the one before it adds its input to its answer'
    : 'Two hidden layers of one width in a row are needed';
  return html`<div class="checks">
    <label title=${reason}
      ><input
        type="checkbox"
        data-testid="residual"
        .checked=${residual}
        ?disabled=${!can && !residual}
        @change=${({ target }: Event) => editing.set(['model', 'residual'], (target as HTMLInputElement).checked)}
      />residual layers</label
    >
  </div>`;
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
