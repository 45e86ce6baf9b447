import { attractorCurves } from '../../../core/dynamics';
import { dynamicsLabel } from '../../../core/dynamics/entry';
import type { FileRule } from '../../../core/files/filePlaces';
import type { Experiment } from '../../../core/experiment/experiment';
import { experimentFlow, type FlowDenoiser } from '../../../core/experiment/experimentFlow';
import { formatNumber } from '../../../core/text/format';
import { gridChoice } from '../../../core/compare/gridChoice';
import { integratorOf } from '../../../core/integrators';
import { evenly, uniform } from '../../../core/math/spacing';
import type { Window } from '../../../core/schedules/window';
import { QUANTILES, type DynamicsPaths, type DynamicsRow } from '../../../core/dynamics/paths';
import type { TaskProgress } from '../../../protocol/progress';
import { contextOf, type CallContext } from '../../../protocol/rpc';
import { effortText, type Effort } from '../../../core/runs/evaluationResults';
import { cleanData } from '../../data/load';
import { closedForm } from '../problemText';
import { pathsToIntegrate, oracleOf, integratePaths } from './integratedPaths';
import { driftField } from './driftField';
import { collapseNotes, divergenceNotes } from './notes';
import { Yielder } from '../yielder';
import { planeOf } from './pathPlane';
import { lawOf, theoryOf, truthOf } from './cleanLaw';

/** The most steps of the grid whose states are kept. */
const KEPT = 200;

/** Times of the curves that depend on the schedule alone. */
const CURVE_TIMES = 241;

/**
 * Integrates the dynamics of an experiment and its overlays, on its first schedule and its u in closed form or its `own`, from the
 * same starts. A data file's path is relative to `folder`. An InputError where the chosen dynamics cannot be run. Throws
 * with code "cancelled" on a cancel.
 */
export async function dynamicsPaths(
  experiment: Experiment,
  folder: string,
  context: CallContext<TaskProgress> = contextOf({}),
  rule: FileRule = 'any',
  own?: FlowDenoiser,
): Promise<DynamicsPaths> {
  const data = await cleanData(experiment, folder, rule);
  const main = experimentFlow(experiment, { data, denoiser: own });
  const { n, d, schedule, window } = main;
  const kept = evenly(main.times.length, KEPT + 1);
  const times = Float64Array.from(kept, (k) => main.times[k]!);
  const { all, notes } = pathsToIntegrate(experiment, main, kept);
  const yielder = new Yielder(context);
  const gaps = await integratePaths(all, yielder);
  const law = lawOf(experiment, data);
  const truth = law && truthOf(law, main, times);
  const rows: DynamicsRow[] = [];
  for (const { entry, flow, drawnPaths, drawn, statistics } of all) {
    await yielder.yieldIfDue(`the closed form of ${dynamicsLabel(entry)}`, rows.length / all.length);
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
