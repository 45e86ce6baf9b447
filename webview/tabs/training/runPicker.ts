import { html, nothing, type TemplateResult } from 'lit';
import { groupsOf, spreadText, type RunGroup } from '../../../src/core/runs/groups';
import { testScore } from '../../../src/core/runs/metrics';
import type { RunSummary } from '../../../src/core/runs/runList';

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

/** The runs that a picker lists: the newest `most`, and the one that is looked at. */
const listedRuns = (rows: readonly RunSummary[], value: string, most: number): readonly RunSummary[] =>
  rows.filter(({ id }, place) => place < most || id === value);

/** The value of the row that asks for older runs. */
const OLDER = '';

/** What a picker of runs does. */
export interface RunPicking {
  readonly choose: (id: string) => void;
  /** How many runs are listed, and lists more. */
  readonly listed: number;
  readonly listMore: () => void;
  /** The ids of runs that are damaged. */
  readonly isDamaged: (id: string) => boolean;
}

/** The picker of a run, newest first; those of one experiment of several seeds stand together. */
export function runPicker(rows: readonly RunSummary[], value: string, picking: RunPicking): TemplateResult {
  const listed = listedRuns(rows, value, picking.listed);
  const groups = new Map(groupsOf(listed).map((group) => [group.id, group]));
  const drawn = new Set<string>();
  const option = (run: RunSummary, text: string) =>
    html`<option value=${run.id} .selected=${run.id === value}>${text}</option>`;
  const stateText = (run: RunSummary) =>
    [run.state, testScore(run)?.value.toFixed(4), picking.isDamaged(run.id) ? 'damaged' : '']
      .filter(Boolean)
      .join(', ');
  const parts = listed.map((run) => {
    const group = run.group === undefined ? undefined : groups.get(run.group);
    if (!group) return option(run, `${new Date(run.started).toLocaleString()}, ${stateText(run)}`);
    // the whole group stands where its newest run would
    if (drawn.has(group.id)) return nothing;
    drawn.add(group.id);
    return html`<optgroup label=${titleOf(group)}>
      ${group.runs.map((one) => option(one, `seed ${one.seed}, ${stateText(one)}`))}
    </optgroup>`;
  });
  const older = rows.length - listed.length;
  const change = ({ target }: Event) => {
    const { value: chosen } = target as HTMLSelectElement;
    if (chosen === OLDER) picking.listMore();
    else picking.choose(chosen);
  };
  return html`<label class="entry">
    <span>Run</span>
    <select data-testid="run" @change=${change}>
      ${parts} ${older > 0 ? html`<option value=${OLDER}>${older} older runs: list more</option>` : nothing}
    </select>
  </label>`;
}

/** What the seeds of a run's experiment reached together; nothing for a run of one seed. */
export function groupLine(rows: readonly RunSummary[], run: RunSummary): TemplateResult | typeof nothing {
  const group = groupsOf(rows).find(({ id }) => id === run.group);
  if (!group?.test) return nothing;
  const { name, spread } = group.test;
  const each = spread.values.map((value) => value.toFixed(4)).join(', ');
  return html`<p class="problem" data-testid="group">
    ${name.charAt(0).toUpperCase() + name.slice(1)} over ${seedsOf(group)}: <b>${spreadText(spread)}</b> (mean ±
    standard error, n = ${spread.n}): ${each}
  </p>`;
}
