import { html, nothing } from 'lit';
import type { Change } from '../../../src/core/experiment/changes';
import { integrators, pairOf, type Integrator } from '../../../src/core/integrators';
import { settingOf, type SettingTemplate } from '../../controls/setting';
import type { Editing } from '../../state/editing';

interface Group {
  readonly title: string;
  readonly about: string;
  readonly holds: (row: Integrator) => boolean;
}

/** Methods by what they do, in the order they are shown. */
const GROUPS: readonly Group[] = [
  {
    title: 'Fixed steps',
    about: 'They follow the slope dz/dt, with the steps of a grid',
    holds: (row) => row.kind === 'explicit' && !pairOf(row),
  },
  {
    title: 'Own steps, by a tolerance',
    about: 'They estimate their own error: run with the steps of a grid, and at each tolerance with steps of their own',
    holds: (row) => pairOf(row) !== undefined,
  },
  {
    title: 'Exponential',
    about: 'They follow the clock of the dynamics and are exact while u does not change',
    holds: ({ kind }) => kind === 'exponential',
  },
  {
    title: 'Stochastic',
    about: 'They follow the SDE partner and draw its noise',
    holds: ({ kind }) => kind === 'sde',
  },
];

const stochastic = integrators.filter(({ kind }) => kind === 'sde').map(({ id }) => id);

/** The stochastic methods, added where the noise is turned on and none of them is compared. */
export function withStochastic(editing: Editing, on: boolean): Change[] {
  const { integrators: chosen } = editing.experiment!.comparison;
  if (!on || chosen.some((id) => stochastic.includes(id))) return [];
  return [{ path: ['comparison', 'integrators'], value: [...chosen, ...stochastic] }];
}

/** Which methods are compared, group by group; why a group would be refused stands beside its name. */
export function methodChecks(editing: Editing): SettingTemplate {
  const { comparison, dynamics } = editing.experiment!;
  const path = ['comparison', 'integrators'];
  const toggle = (ids: readonly string[], on: boolean) => {
    const value = integrators
      .map(({ id }) => id)
      .filter((id) => (ids.includes(id) ? on : comparison.integrators.includes(id)));
    if (value.length) editing.set(path, value);
    else editing.restore(path); // one at least stays
  };
  const boxes = html`<fieldset class="stack" data-testid="methods">
    <legend>Methods</legend>
    ${GROUPS.map(({ title, about, holds }) => {
      const rows = integrators.filter(holds);
      const ids = rows.map(({ id }) => id);
      const chosen = rows.filter(({ id }) => comparison.integrators.includes(id));
      const all = chosen.length === rows.length;
      const wrong = (rows[0]!.kind === 'sde') !== dynamics.noise;
      const why = `Refused while the noise is ${dynamics.noise ? 'on' : 'off'}.`;
      return html`<details class="group">
        <summary title=${about}>
          <span>${title}</span> <span class="count">${chosen.length} of ${rows.length}</span>
          ${chosen.length ? html`<span class="chosen">${chosen.map((row) => row.title).join(', ')}</span>` : nothing}
          ${wrong && chosen.length ? html`<span class="chosen">${why}</span>` : nothing}
        </summary>
        <fieldset class="checks" aria-label=${title}>
          ${rows.map(
            ({ id, title: name, summary }) =>
              html`<label title=${summary}
                ><input
                  type="checkbox"
                  value=${id}
                  .checked=${comparison.integrators.includes(id)}
                  @change=${({ target }: Event) => toggle([id], (target as HTMLInputElement).checked)}
                />${name}</label
              >`,
          )}
          <button
            type="button"
            class="link"
            aria-label=${`${all ? 'None' : 'All'} of: ${title}`}
            @click=${() => toggle(ids, !all)}
          >
            ${all ? 'None' : 'All'}
          </button>
        </fieldset>
      </details>`;
    })}
  </fieldset>`;
  return settingOf(boxes, path);
}
