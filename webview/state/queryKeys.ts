import { denoiserFamily } from '../../src/core/denoisers';
import type { Experiment } from '../../src/core/experiment/experiment';
import { withBenchmark } from '../../src/core/experiment/experimentFlow';

/** Whether u is made from the experiment's data, or answered by a file of Python. */
export const usesFiles = ({ denoiser }: Experiment): boolean => denoiserFamily(denoiser.id).needs !== undefined;

/** The data that u in closed form is made from, where it is. */
const dataOfU = ({ denoiser, data }: Experiment) => (denoiserFamily(denoiser.id).needs === 'data' ? data : undefined);

/** What the paths of an experiment's dynamics depend on; `readable` counts the changes of what may be read. */
export function dynamicsKey(experiment: Experiment, readable: number): string {
  const { schedules, window, denoiser, dynamics, overlays, integrator, grid, start, seed, comparison } = experiment;
  const flow = [schedules[0], window, denoiser, dynamics, overlays, integrator, grid, start, seed, comparison.paths];
  return JSON.stringify([...flow, dataOfU(experiment), usesFiles(experiment) && readable]);
}

/** What of an experiment a comparison depends on, on a run or in closed form. */
export function comparisonKey(experiment: Experiment, run: string | undefined, also: readonly string[] = []): string {
  const compared = withBenchmark(experiment);
  const { schedules, window, denoiser, dynamics, grid, start, seed, comparison } = compared;
  const closed = [schedules[0], window, denoiser, dataOfU(compared), start, seed];
  return JSON.stringify([run, also, run === undefined ? closed : [], dynamics, grid, comparison]);
}
