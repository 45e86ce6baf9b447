import { benchmarkOf } from '../compare';
import { withBenchmark } from './experimentFlow';
import { denoiserFamily } from '../denoisers';
import { isOnnx, isPython } from '../denoisers/entry';
import type { Experiment } from './experiment';
import { isCsv, isNumpy } from '../datasets/entry';
import { entryLabel } from '../schedules/entry';
import { formatNumber } from '../text/format';

/** The u, schedule, paths, start and seed of an experiment in closed form, in words. */
export function closedForm({ denoiser, data, schedules, comparison, start, seed }: Experiment): string {
  const family = denoiserFamily(denoiser.id);
  const values = Object.entries(family.parameters).map(
    ([name, { symbol }]) => `${symbol} ${formatNumber(denoiser.params[name]!)}`,
  );
  if (isPython(denoiser)) values.push(`${denoiser.function} of ${denoiser.file}`);
  else if (isOnnx(denoiser)) values.push(denoiser.file);
  else if (family.needs) values.push(isCsv(data) ? data.path : isNumpy(data) ? data.x : data.id);
  const u = values.length ? `${family.title} (${values.join(', ')})` : family.title;
  return `u: ${u}; schedule: ${entryLabel(schedules[0]!)}; ${comparison.paths} paths from the ${start} start, seed ${seed}`;
}

/** The same of the problem that a comparison in closed form is made on. */
export function comparedForm(experiment: Experiment): string {
  const { id, title, starts } = benchmarkOf(experiment.comparison.problem);
  const text = closedForm(withBenchmark(experiment));
  if (id === 'experiment') return text;
  const from = `${experiment.comparison.paths} paths from the ${withBenchmark(experiment).start} start, seed ${experiment.seed}`;
  return `${title}: ${starts ? text.replace(from, `${experiment.comparison.paths} paths from normal quantiles`) : text}`;
}
