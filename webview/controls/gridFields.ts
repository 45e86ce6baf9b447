import { html } from 'lit';
import { gridFamily, grids } from '../../src/core/grids';
import { type GridEntry } from '../../src/core/grids/entry';
import { defaults } from '../../src/core/registry/parameters';
import type { Path } from '../../src/core/experiment/changes';
import type { Editing } from '../state/editing';
import { choiceField } from './choiceField';
import { settingOf, type SettingTemplate } from './setting';
import { textField, textFields } from './textField';
import { icon, iconButton } from '../elements/icons';

/** The times that a grid of given ones begins with. */
const TIMES = [0, 0.25, 0.5, 0.75, 1];

/** A family's grid at its defaults, as short as it can be written. */
function newGrid(id: string): unknown {
  const { parameters, takes } = gridFamily(id);
  const params = Object.keys(parameters).length ? { params: defaults({ parameters }) } : {};
  const value = { id, ...params, ...(takes && { times: TIMES }) };
  return Object.keys(value).length > 1 ? value : id;
}

/** A picker of the step grid and fields for its parameters, or for its times. */
export const gridPicker = (editing: Editing): unknown[] =>
  gridFields(editing, ['grid'], editing.experiment!.grid, 'Grid');

function gridFields(editing: Editing, path: Path, { id }: GridEntry, label: string, test = 'grid'): unknown[] {
  return [
    choiceField(editing, path, { label, test, choose: (chosen) => editing.set(path, newGrid(chosen)) }),
    textFields(editing, [...path, 'params'], gridFamily(id).parameters),
    gridFamily(id).takes ? textField(editing, [...path, 'times']) : [],
  ];
}

/** A grid as short as it can be written. */
const short = ({ id, params, times }: GridEntry): unknown =>
  Object.keys(params).length || times ? { id, params, ...(times && { times }) } : id;

/** The step grids of a comparison: the experiment's own until there are others, each with its parameters or times. */
export function gridList(editing: Editing): SettingTemplate {
  const { grid, comparison } = editing.experiment!;
  const { grids: listed } = comparison;
  const path = (i: number) => ['comparison', 'grids', i];
  const used = new Set((listed.length ? listed : [grid]).map(({ id }) => id));
  const next = newGrid((grids.find(({ id }) => !used.has(id)) ?? grids[0]!).id);
  const all = ['comparison', 'grids'];
  const add = () =>
    editing.replace(path(listed.length), [
      listed.length
        ? { path: path(listed.length), value: next, insert: true }
        : { path: all, value: [short(grid), next] },
    ]);
  const remove = (i: number) => editing.replace(all, [{ path: path(i), value: undefined }]);
  const list = html`<fieldset class="stack" data-testid="grids">
    <legend>Step grids</legend>
    ${
      listed.length
        ? listed.map(
            (entry, i) =>
              html`<div class="listed" role="group" aria-label=${`Grid ${i + 1}`}>
                ${gridFields(editing, path(i), entry, `Grid ${i + 1}`, `grid-${i}`)}
                ${iconButton('close', `Remove grid ${i + 1}`, () => remove(i))}
              </div>`,
          )
        : gridPicker(editing)
    }
    <button type="button" class="secondary" @click=${add}>${icon('add')} Add grid</button>
  </fieldset>`;
  return settingOf(list, all);
}
