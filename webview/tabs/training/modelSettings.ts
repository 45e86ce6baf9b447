import { html, nothing, type TemplateResult } from 'lit';
import { dynamicsFamily } from '../../../src/core/dynamics';
import { entryDynamics } from '../../../src/core/dynamics/entry';
import { modelParameters } from '../../../src/core/experiment/fields/model';
import { integratorOf } from '../../../src/core/integrators';
import { activations, boundaries, hasResidual, models, timeEmbeddings, usesSetting } from '../../../src/core/models';
import { field, idPicker, parameterField, picker } from '../../controls/field';
import type { Store } from '../../state/store';

/** The kind of model and its network; what the kind has no use for is left out. */
export function modelSettings(store: Store): unknown[] {
  const { model } = store.experiment!;
  const { id } = model;
  const row = models.find((one) => one.id === id)!;
  return [
    picker('Kind', id, models, (value) => store.edit({ path: ['model', 'id'], value }), 'model'),
    html`<p class="about-line" data-testid="model-answers">${row.answers}</p>`,
    remedy(store),
    usesSetting(id, 'blocks')
      ? [
          parameterField(store, ['model', 'blocks'], modelParameters.blocks),
          idPicker(store, ['model', 'boundaries'], 'Block boundaries', boundaries),
        ]
      : nothing,
    field(store, ['model', 'hidden'], 'Hidden widths', 'list', 'Widths of the hidden layers, in order'),
    idPicker(store, ['model', 'activation'], 'Activation', activations),
    residualCheck(store),
    usesSetting(id, 'timeFeatures')
      ? [
          idPicker(store, ['model', 'timeEmbedding'], 'Time embedding', timeEmbeddings),
          parameterField(store, ['model', 'timeFeatures'], modelParameters.timeFeatures),
        ]
      : nothing,
  ];
}

/** Whether hidden layers of one width are residual; only where there are two in a row. */
function residualCheck(store: Store): TemplateResult {
  const { hidden, residual } = store.experiment!.model;
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
        @change=${({ target }: Event) =>
          store.edit({ path: ['model', 'residual'], value: (target as HTMLInputElement).checked })}
      />residual layers</label
    >
  </div>`;
}

/** What keeps the model from answering by the experiment's own settings, and the edit that mends it. */
function remedy(store: Store): unknown {
  const { model, dynamics, integrator } = store.experiment!;
  const offer = (text: string, label: string, path: readonly string[], value: string) =>
    html`<p class="problem" role="status" data-testid="model-remedy">
      ${text}
      <button type="button" class="link" @click=${() => store.edit({ path: [...path], value })}>${label}</button>
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
