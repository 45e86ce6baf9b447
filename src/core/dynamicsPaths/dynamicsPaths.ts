import { attractorCurves } from '../dynamics';
import { dynamicsLabel } from '../dynamics/entry';
import type { Experiment } from '../experiment/experiment';
import { experimentFlow, type FlowDenoiser } from '../experiment/experimentFlow';
import { formatNumber } from '../text/format';
import { gridChoice } from '../compare/gridChoice';
import { integratorOf } from '../integrators';
import { evenly, uniform } from '../math/spacing';
import type { Window } from '../schedules/window';
import { QUANTILES, type DynamicsPaths, type DynamicsRow } from '../dynamics/paths';
import { effortText, type Effort } from '../runs/evaluationResults';
import { closedForm } from '../experiment/problemText';
import type { CleanData } from '../denoisers';
import { pathsToIntegrate, oracleOf, integratePaths } from './integratedPaths';
import { driftField } from './driftField';
import { collapseNotes, divergenceNotes } from './notes';
import type { Turns } from './turns';
import { planeOf } from './pathPlane';
import { lawOf, theoryOf, truthOf } from './cleanLaw';

/** The most steps of the grid whose states are kept. */
const KEPT = 200;

/** Times of the curves that depend on the schedule alone. */
const CURVE_TIMES = 241;

/** What u is made of, where it is not in closed form alone. */
export interface PathsInput {
  /** The clean data, where u is made of them. */
  readonly data?: CleanData | undefined;
  /** The reader's own u. */
  readonly own?: FlowDenoiser | undefined;
}

/**
 * Integrates the dynamics of an experiment and its overlays, on its first schedule and its u in closed form or its own,
 * from the same starts. An InputError where the chosen dynamics cannot be run.
 */
export async function dynamicsPaths(
  experiment: Experiment,
  { data, own }: PathsInput,
  turns: Turns,
): Promise<DynamicsPaths> {
  const main = experimentFlow(experiment, { data, denoiser: own });
  const { n, d, schedule, window } = main;
  const kept = evenly(main.times.length, KEPT + 1);
  const times = Float64Array.from(kept, (k) => main.times[k]!);
  const { all, notes } = pathsToIntegrate(experiment, main, kept);
  const gaps = await integratePaths(all, turns);
  const law = lawOf(experiment, data);
  const truth = law && truthOf(law, main, times);
  const rows: DynamicsRow[] = [];
  for (const { entry, flow, drawnPaths, drawn, statistics } of all) {
    await turns.yieldIfDue(`the closed form of ${dynamicsLabel(entry)}`, rows.length / all.length);
    const theory = law && theoryOf(law, experiment.start, flow, times);
    const oracle = coordinate(oracleOf({ flow, drawn, drawnPaths }, times), d);
    rows.push({
      entry,
      paths: coordinate(drawnPaths, d),
      oracle,
      ...statistics.result(QUANTILES),
      ...(theory && { theory }),
    });
  }
  return {
    problem: problemOf(experiment, kept.length - 1, all[0]!.effort),
    notes: [
      ...divergenceNotes(rows, times, experiment.integrator.steps),
      ...(law && truth ? collapseNotes(rows, truth, law) : []),
      ...notes,
    ],
    times,
    logSnr: times.map(schedule.logSnr),
    n,
    drawn: all[0]!.drawn.length,
    d,
    rows,
    gaps,
    ...(truth && { truth }),
    ...(d === 1
      ? { field: driftField(main, [rows[0]!.paths, rows[0]!.quantiles]) }
      : { plane: planeOf(law?.set, all, d) }),
    curves: attractorCurves(schedule, curveTimes(window)),
  };
}

/** Times over a window, dense at its ends, where the curves bend. */
const curveTimes = ({ start, end }: Window): Float64Array =>
  uniform(0, 1, CURVE_TIMES).map((share) => {
    const bent = (1 - Math.cos(Math.PI * share)) / 2;
    return share === 1 ? end : start + (end - start) * bent;
  });

/** The first of d coordinates. */
const coordinate = (states: Float64Array, d: number): Float64Array =>
  d === 1 ? states : Float64Array.from({ length: states.length / d }, (_, i) => states[i * d]!);

function problemOf(experiment: Experiment, shown: number, effort: Effort): string {
  const { integrator, grid } = experiment;
  const { steps, id, tolerance } = integrator;
  if (tolerance !== undefined)
    return `${closedForm(experiment)}; own steps of ${integratorOf(id).title} at tolerance ${formatNumber(tolerance)}: ${effortText(effort)}; shown at ${shown + 1} times.`;
  const some = shown < steps ? `, ${shown} of them shown` : '';
  return `${closedForm(experiment)}; ${steps} steps of ${integratorOf(id).title} (${gridChoice(grid).title})${some}.`;
}
