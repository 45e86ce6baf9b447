import { entryDynamics } from '../dynamics/entry';
import { entryProblems } from '../schedules/definition';
import type { Experiment } from './experiment';
import type { FoundProblem } from './locatedProblems';
import { sweepProblems } from './sweepProblems';

/** What is allowed in an experiment, but most likely not meant. */
export function* experimentWarnings(experiment: Experiment): Generator<FoundProblem> {
  const { schedules, dynamics } = experiment;
  for (const [i, entry] of schedules.entries())
    for (const { severity, path, message } of entryProblems(entry))
      if (severity === 'warning') yield { severity, path: ['schedules', i, ...path], message: () => message };
  const { id, noise } = dynamics;
  const message = () => `${id} has no noise of its own, so nothing can be integrated with it: turn noise off`;
  if (noise && entryDynamics(dynamics).noise === undefined)
    yield { severity: 'warning', path: ['dynamics', 'noise'], message };
  for (const { path, message } of sweepProblems(experiment))
    yield { severity: 'warning', path, message: () => message };
}
