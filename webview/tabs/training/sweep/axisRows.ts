import { html, nothing, type TemplateResult } from 'lit';
import { valueAt, type Path } from '../../../../src/core/experiment/changes';
import type { Field } from '../../../../src/core/experiment/fieldAt';
import { labelOf, sentence, spokenMessage } from '../../../../src/core/experiment/fieldWords';
import { sweepProblems } from '../../../../src/core/experiment/sweepProblems';
import { settingPath, sweepFields } from '../../../../src/core/experiment/sweepSettings';
import { axisValuesText, readAxisValues, type SweepAxis } from '../../../../src/core/sweeps/axisText';
import { suggestedValues } from '../../../../src/core/sweeps/suggestedValues';
import { errorText, idsOf } from '../../../controls/textField';
import { icon, iconButton } from '../../../elements/icons';
import type { Editing } from '../../../state/editing';

const AXES: Path = ['sweep', 'axes'];

/** What is varied first, where nothing else is chosen. */
const WANTED = ['training.learningRate', 'model.hidden', 'training.batch'];

/** What may be typed as values, under the pointer. */
const VALUES = 'Values apart by commas, such as 0.001, 0.003 or [8], [32, 32]; or a range to draw from, 1e-4..1e-2:log';

/** What a setting is called where its section is not named beside it. */
const nameOf = (field: Field): string => sentence(labelOf(field));

/** The setting of an axis by its path; undefined where the experiment has none. */
export const axisField = (editing: Editing, path: string): Field | undefined =>
  sweepFields(editing.experiment!).find((field) => field.path.join() === settingPath(path).join());

/** What an axis is called: its setting's name, or its path where it has none. */
export const axisName = (editing: Editing, path: string): string => {
  const field = axisField(editing, path);
  return field ? nameOf(field) : path;
};

const setAxes = (editing: Editing, axes: readonly SweepAxis[]): void => editing.set(AXES, axes);

/** An axis with values to begin with. */
function newAxis(editing: Editing, field: Field): SweepAxis {
  const values = suggestedValues(field, valueAt(editing.experiment!, field.path) ?? field.default);
  return { path: field.path.join('.'), values: [...values] };
}

/** The settings that a sweep varies, each with its values, and a button that adds one. */
export function axisRows(editing: Editing): TemplateResult {
  const { axes } = editing.experiment!.sweep;
  const fields = sweepFields(editing.experiment!);
  const varied = axes.map(({ path }) => settingPath(path).join());
  const free = fields.filter((field) => !varied.includes(field.path.join()));
  const wanted = WANTED.map((name) => free.find((field) => field.path.join('.') === name)).find(Boolean);
  const next = wanted ?? free[0];
  const problems = [...sweepProblems(editing.experiment!)];
  return html`<div class="axes" data-testid="sweep-axes">
    ${axes.map((axis, i) => {
      const own = problems.filter(({ path }) => path[2] === i).map(({ message }) => message);
      return axisRow(editing, axis, i, fields, free, own);
    })}
    <button
      type="button"
      class="link"
      ?disabled=${!next}
      @click=${() => next && setAxes(editing, [...axes, newAxis(editing, next)])}
    >
      ${icon('add')} Vary ${axes.length ? 'another' : 'a'} setting
    </button>
  </div>`;
}

function axisRow(
  editing: Editing,
  axis: SweepAxis,
  i: number,
  fields: readonly Field[],
  free: readonly Field[],
  problems: readonly string[],
): TemplateResult {
  const { axes } = editing.experiment!.sweep;
  const at: Path = [...AXES, i];
  const { id, errorId } = idsOf(at);
  const edit = editing.at(at);
  const path = settingPath(axis.path).join();
  const field = fields.find((one) => one.path.join() === path);
  const choose = (name: string) => {
    const chosen = fields.find((one) => one.path.join('.') === name);
    if (chosen) setAxes(editing, axes.with(i, newAxis(editing, chosen)));
  };
  const commit = (text: string) =>
    editing.attempt(at, text, () => [
      { path: AXES, value: axes.with(i, { path: axis.path, ...readAxisValues(text) }) },
    ]);
  const said = edit?.message ?? problems.map((one) => (field ? spokenMessage(field, one, editing.experiment) : one))[0];
  const offered = [...(field ? [field] : []), ...free];
  const sections = [...new Set(offered.map((one) => String(one.path[0])))];
  return html`<div class="varied" data-axis=${axis.path}>
    <select aria-label="Setting to vary" @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}>
      ${field ? nothing : html`<option selected>${axis.path}</option>`}
      ${sections.map(
        (section) =>
          html`<optgroup label=${sentence(section)}>
            ${offered
              .filter((one) => one.path[0] === section)
              .map((one) => {
                const name = one.path.join('.');
                return html`<option value=${name} title=${name} .selected=${one === field}>${nameOf(one)}</option>`;
              })}
          </optgroup>`,
      )}
    </select>
    <input
      id=${id}
      type="text"
      autocomplete="off"
      spellcheck="false"
      aria-label=${`Values of ${field ? nameOf(field) : axis.path}`}
      title=${VALUES}
      .value=${edit?.text ?? axisValuesText(axis)}
      aria-invalid=${said ? 'true' : 'false'}
      aria-describedby=${errorId}
      @change=${({ target }: Event) => commit((target as HTMLInputElement).value)}
      @keydown=${({ key, target }: KeyboardEvent) => {
        if (key !== 'Escape') return;
        editing.restore(at);
        (target as HTMLInputElement).value = axisValuesText(axis);
      }}
    />
    ${iconButton('close', `Do not vary ${field ? nameOf(field) : axis.path}`, () =>
      setAxes(
        editing,
        axes.filter((_, k) => k !== i),
      ),
    )}
    ${errorText(errorId, said && sentence(said))}
  </div>`;
}
