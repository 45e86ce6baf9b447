import { html, nothing, type TemplateResult } from 'lit';
import { groupsOf, spreadText, type RunGroup } from '../../../src/core/runs/groups';
import { testScore } from '../../../src/core/runs/metrics';
import type { RunRecord } from '../../../src/core/runs/record';

/** The seeds of a group, 0 to 4 where none is missing between. */
function seedsOf({ runs }: RunGroup): string {
  const seeds = runs.map(({ seed }) => seed);
  const [first, last] = [seeds[0]!, seeds.at(-1)!];
  return last - first === seeds.length - 1 && last > first ? `seeds ${first} to ${last}` : `seeds ${seeds.join(', ')}`;
}

/** A group in a line: its seeds, and their mean with its standard error. */
const titleOf = (group: RunGroup): string =>
  `${new Date(group.runs[0]!.started).toLocaleString()}, ${seedsOf(group)}` +
  (group.test ? `: ${spreadText(group.test.spread)}` : '');

/** The picker of a run, newest first; those of one experiment of several seeds stand together. */
export function runPicker(rows: readonly RunRecord[], value: string, choose: (id: string) => void): TemplateResult {
  const groups = groupsOf(rows);
  const option = (run: RunRecord, text: string) =>
    html`<option value=${run.id} .selected=${run.id === value}>${text}</option>`;
  const stateText = (run: RunRecord) => [run.state, testScore(run)?.value.toFixed(4)].filter(Boolean).join(', ');
  const parts = rows.map((run) => {
    const group = groups.find(({ id }) => id === run.group);
    if (!group) return option(run, `${new Date(run.started).toLocaleString()}, ${stateText(run)}`);
    // the whole group stands where its newest run would
    if (rows.find((one) => one.group === run.group) !== run) return nothing;
    return html`<optgroup label=${titleOf(group)}>
      ${group.runs.map((one) => option(one, `seed ${one.seed}, ${stateText(one)}`))}
    </optgroup>`;
  });
  return html`<label class="entry">
    <span>Run</span>
    <select data-testid="run" @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}>
      ${parts}
    </select>
  </label>`;
}

/** What the seeds of a run's experiment reached together; nothing for a run of one seed. */
export function groupLine(rows: readonly RunRecord[], run: RunRecord): TemplateResult | typeof nothing {
  const group = groupsOf(rows).find(({ id }) => id === run.group);
  if (!group?.test) return nothing;
  const { name, spread } = group.test;
  const each = spread.values.map((value) => value.toFixed(4)).join(', ');
  return html`<p class="problem" data-testid="group">
    ${name.charAt(0).toUpperCase() + name.slice(1)} over ${seedsOf(group)}: <b>${spreadText(spread)}</b> (mean ±
    standard error, n = ${spread.n}): ${each}
  </p>`;
}
