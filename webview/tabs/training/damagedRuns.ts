import { html, nothing, type TemplateResult } from 'lit';
import type { DamagedRun, RunSummary } from '../../../src/core/runs/runList';
import { iconButton } from '../../elements/icons';
import type { RunsState } from '../../state/runs';

type Damage = Pick<RunsState, 'damaged' | 'handleDamaged' | 'damageOf'>;

/** The damaged runs of the experiment, each with what is wrong and what can be done; nothing where there are none. */
export function damagedRuns(runs: Damage): TemplateResult | typeof nothing {
  const { damaged } = runs;
  if (!damaged.length) return nothing;
  return html`<section class="queue damaged" aria-labelledby="damaged-title" data-testid="damaged">
    <h2 id="damaged-title">${damaged.length} damaged ${damaged.length === 1 ? 'run' : 'runs'}</h2>
    <ul>
      ${damaged.map((run) => row(runs, run))}
    </ul>
  </section>`;
}

function row(runs: Damage, { id, name, problem, canMend }: DamagedRun): TemplateResult {
  const act = (action: Parameters<Damage['handleDamaged']>[0]) => () => void runs.handleDamaged(action, id);
  return html`<li data-run=${id}>
    <span class="what" title=${id}>${name === id ? id : `${name}, ${id}`}</span>
    <span class="why">${problem}</span>
    ${canMend ? iconButton('tools', `Mend ${id}`, act('mend')) : nothing}
    ${iconButton('go-to-file', `Open the files of ${id}`, act('showRun'))}
    ${iconButton('trash', `Delete ${id}`, act('removeRun'))}
  </li>`;
}

/** What is wrong with the run in view; nothing where it is whole. */
export function damageLine(runs: Damage, run: RunSummary): TemplateResult | typeof nothing {
  const damage = runs.damageOf(run.id);
  if (!damage) return nothing;
  return html`<p class="problem" role="status" data-testid="damage">
    This run is damaged: ${damage.problem}. What can be read of it is shown.
  </p>`;
}
