import { html, nothing, type TemplateResult } from 'lit';
import type { Change } from '../../src/core/experiment/changes';
import { createDynamics, dynamics, dynamicsFamily } from '../../src/core/dynamics';
import { integratorOf, integrators, pairOf } from '../../src/core/integrators';
import { defaults } from '../../src/core/registry/parameters';
import { dynamicsName, dynamicsStroke } from '../plot/dynamicsStroke';
import { legendSymbol } from '../plot/legend';
import type { Theme } from '../plot/theme';
import { equation } from '../elements/equation';
import type { Editing } from '../state/editing';
import type { MethodChoice } from '../state/methodChoice';
import { choiceField } from './choiceField';
import { settingOf, type SettingTemplate } from './setting';
import { parameterFields } from './parameterField';
import { textField } from './textField';

/** A picker of the dynamics and sliders for its parameters; the noise stays on where the new one has any. */
export function dynamicsPicker(editing: Editing, methods: MethodChoice): unknown[] {
  const { id, noise } = editing.experiment!.dynamics;
  const choose = (chosen: string) => {
    const noisy = noise && createDynamics(chosen).noise !== undefined;
    const change = dynamicsChange(chosen, defaults(dynamicsFamily(chosen)), noisy);
    editing.replace(['dynamics'], [change, ...(noise && !noisy ? methods.withoutNoise() : [])]);
  };
  return [
    choiceField(editing, ['dynamics'], { choose }),
    parameterFields(editing, ['dynamics', 'params'], dynamicsFamily(id).parameters),
  ];
}

/** The change that sets the dynamics, as short as it can be written. */
function dynamicsChange(id: string, params: Readonly<Record<string, number>>, noise: boolean) {
  const short = !noise && !Object.keys(params).length;
  return { path: ['dynamics'], value: short ? id : { id, params, ...(noise && { noise }) } };
}

/** What the chosen dynamics is: its equation with its number. */
export function dynamicsEquation({ experiment }: Editing): TemplateResult {
  const { equation: latex, number, summary, source } = dynamicsFamily(experiment!.dynamics.id);
  return html`<div class="formula" title=${`${summary} ${source}`}>
    ${equation(latex)}${number ? html`<span class="number">eq. ${number}</span>` : nothing}
  </div>`;
}

/** Whether the SDE partner is run; turning it takes a method along that can, and what else must change. */
export function noiseCheck(
  editing: Editing,
  methods: MethodChoice,
  more: (on: boolean) => readonly Change[] = () => [],
): SettingTemplate {
  const { id, params, noise } = editing.experiment!.dynamics;
  const has = createDynamics(id, params).noise !== undefined;
  const reason = has
    ? 'Runs the SDE, whose states have the law of the process, in place of the ODE'
    : `${dynamicsFamily(id).title} has no SDE partner: no noise makes its states those of the process`;
  const toggle = ({ target }: Event) => {
    const on = (target as HTMLInputElement).checked;
    const method = on ? methods.withNoise() : methods.withoutNoise();
    editing.replace(['dynamics', 'noise'], [dynamicsChange(id, params, on), ...method, ...more(on)]);
  };
  const box = html`<div class="checks">
    <label title=${reason}
      ><input
        type="checkbox"
        data-testid="noise"
        aria-describedby="noise-reason"
        .checked=${noise}
        ?disabled=${!has && !noise}
        @change=${toggle}
      />with its noise (SDE partner)</label
    >
    <p id="noise-reason" class="problem" ?hidden=${has}>${reason}.</p>
  </div>`;
  return settingOf(box, ['dynamics', 'noise']);
}

/** The methods that can follow the chosen dynamics, with or without noise, and a tolerance for those that can take one. */
export function methodPicker(editing: Editing, methods: MethodChoice): unknown[] {
  const { dynamics: entry, integrator } = editing.experiment!;
  const rows = integrators.filter(({ id, kind }) => (kind === 'sde') === entry.noise || id === integrator.id);
  return [
    choiceField(editing, ['integrator', 'id'], { label: 'Integrator', rows, choose: (id) => methods.choose(id) }),
    pairOf(integratorOf(integrator.id)) ? textField(editing, ['integrator', 'tolerance']) : [],
  ];
}

/** Which dynamics are drawn beside the chosen one, each with its colour and dash. */
export function overlayChecks(editing: Editing, theme: Theme): SettingTemplate {
  const { dynamics: chosen, overlays } = editing.experiment!;
  const toggle = (id: string, on: boolean) => {
    const value = dynamics.map((row) => row.id).filter((row) => (row === id ? on : overlays.includes(row)));
    editing.set(['overlays'], value);
  };
  const boxes = html`<fieldset class="checks" data-testid="overlays">
    <legend>Beside it</legend>
    ${dynamics.map((row) => {
      const own = row.id === chosen.id && !chosen.noise;
      const entry = { id: row.id, params: defaults(row), noise: false };
      const name =
        row.id === chosen.id && chosen.noise ? `${dynamicsName(entry)}, without its noise` : dynamicsName(entry);
      return html`<label title=${own ? 'This is the chosen dynamics' : row.summary}
        ><input
          type="checkbox"
          value=${row.id}
          .checked=${own || overlays.includes(row.id)}
          ?disabled=${own}
          @change=${({ target }: Event) => toggle(row.id, (target as HTMLInputElement).checked)}
        />${legendSymbol(dynamicsStroke(theme, entry))}<span>${name}</span></label
      >`;
    })}
  </fieldset>`;
  return settingOf(boxes, ['overlays']);
}
