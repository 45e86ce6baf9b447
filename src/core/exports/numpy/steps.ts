import { entryDynamics } from '../../dynamics/entry';
import type { Experiment } from '../../experiment/experiment';
import { finalOf } from '../../experiment/experimentFlow';
import { gridLabel } from '../../grids/entry';
import { integratorOf, writtenSteps, type StepLine } from '../../integrators';
import { InputError } from '../../registry/problem';
import { entrySchedule } from '../../schedules/entry';
import { gridTimes } from '../gridTimes';
import { pythonComment, pythonList, pythonNumber, pythonString } from './pythonText';

/** The most lines of steps of a module: beyond them nobody would read it, and writing it would take long. */
export const MOST_LINES = 2000;

const SAMPLE = String.raw`
def sample(u, z, normals=None):
    """Carries states z (n x d, at TIMES[0]) to TIMES[-1]; u(z, t) gives the clean states, normals() an n x d draw of N(0, 1)."""
    values = [np.asarray(z, dtype=float)]
    for kind, t, terms in STEPS:
        if kind == "noise":
            values.append(normals())
            continue
        state = sum((factor * values[place] for place, factor in terms), 0 * values[0])
        values.append(u(state, t) if kind == "u" else state)
    return values[-1]
`;

/** Steps as a module has them. */
export interface Steps {
  /** What they are, in words. */
  readonly about: string;
  readonly times: ArrayLike<number>;
  /** The steps written out, or why they are not. */
  readonly lines: readonly StepLine[] | string;
}

const lineText = ({ sum = [], t, noise }: StepLine) => {
  const terms = sum.map(([place, factor]) => `(${place}, ${pythonNumber(factor)})`).join(', ');
  const kind = noise ? 'noise' : t === undefined ? 'state' : 'u';
  return `    ("${kind}", ${t === undefined ? 'None' : pythonNumber(t)}, [${terms}]),\n`;
};

const refusing = (why: string) =>
  `\ndef sample(u, z, normals=None):\n    raise NotImplementedError(${pythonString(`no steps were written: ${why}`)})\n`;

/** The steps of an experiment on its first schedule; a text where it has none. */
export function experimentSteps(experiment: Experiment): Steps | string {
  try {
    const { integrator: method, grid, dynamics: entry } = experiment;
    const dynamics = entryDynamics(entry);
    const schedule = entrySchedule(experiment.schedules[0]!);
    const integrator = integratorOf(method.id);
    const times = gridTimes(experiment);
    const { tolerance } = method;
    const steps = { dynamics, schedule, noise: entry.noise, integrator, times, tolerance, final: finalOf(experiment) };
    const why =
      tolerance === undefined
        ? `its steps have more than ${MOST_LINES} lines, or an infinite factor`
        : `${integrator.id} chooses its own steps by the tolerance ${tolerance}`;
    return {
      about: `Grid ${gridLabel(grid)}: the times of the steps. Steps by ${integrator.id}`,
      times,
      lines: writtenSteps(steps, 'all', MOST_LINES) ?? why,
    };
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** Times, steps and the function that takes them; or a function that says why there are none. `words` translates code. */
export function stepsCode(steps: Steps | string, words: (code: string) => string): string {
  if (typeof steps === 'string') return `\n\n${refusing(steps)}`;
  const { about, times, lines } = steps;
  const comment = pythonComment(
    `${about}, written out: each line makes one value. "u": u of a state, which is a sum of factors times earlier values, at time t. "state": the state itself, after a step. "noise": normals. Value 0 is the start; the last value is the end.`,
  );
  const head = `\n# Times and steps\n${comment}TIMES = ${words(`np.array(${pythonList(times)}, dtype=float)`)}\n`;
  if (typeof lines === 'string') return `${head}\n${refusing(lines)}`;
  return `${head}STEPS = [\n${lines.map(lineText).join('')}]\n\n${words(SAMPLE)}`;
}
