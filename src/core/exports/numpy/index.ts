import { dynamicsLabel, entryDynamics } from '../../dynamics/entry';
import type { Experiment } from '../../experiment/experiment';
import { gridLabel } from '../../grids/entry';
import { integratorOf, writtenSteps, type StepLine } from '../../integrators';
import { InputError } from '../../registry/problem';
import { entryLabel, entrySchedule } from '../../schedules/entry';
import type { ExportFormat } from '../export';
import { gridTimes } from '../gridTimes';
import { KERNEL } from './kernel';
import { pythonComment, pythonList, pythonNumber, pythonString } from './pythonText';
import { ratesCode } from './rates';
import { scheduleCode } from './schedules';

/** The most lines of steps of a module: beyond them nobody would read it, and writing it would take long. */
const MOST_LINES = 2000;

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

const lineText = ({ sum = [], t, noise }: StepLine) => {
  const terms = sum.map(([place, factor]) => `(${place}, ${pythonNumber(factor)})`).join(', ');
  const kind = noise ? 'noise' : t === undefined ? 'state' : 'u';
  return `    ("${kind}", ${t === undefined ? 'None' : pythonNumber(t)}, [${terms}]),\n`;
};

/** Grid and steps, or a function that says why there are none. */
function stepsCode(experiment: Experiment): string {
  try {
    const { integrator: method, grid, dynamics: entry } = experiment;
    const dynamics = entryDynamics(entry);
    const schedule = entrySchedule(experiment.schedules[0]!);
    const integrator = integratorOf(method.id);
    const times = gridTimes(experiment);
    const { tolerance } = method;
    const lines = writtenSteps(
      { dynamics, schedule, noise: entry.noise, integrator, times, tolerance },
      'all',
      MOST_LINES,
    );
    const about = pythonComment(
      `Grid ${gridLabel(grid)}: the times of the steps. Steps by ${integrator.id}, written out: each line makes one value. "u": u of a state, which is a sum of factors times earlier values, at time t. "state": the state itself, after a step. "noise": normals. Value 0 is the start; the last value is the end.`,
    );
    const head = `\n# Times and steps\n${about}TIMES = np.array(${pythonList(times)}, dtype=float)\n`;
    if (lines) return `${head}STEPS = [\n${lines.map(lineText).join('')}]\n\n${SAMPLE}`;
    return `${head}\n${refusing(tolerance === undefined ? `its steps have more than ${MOST_LINES} lines, or an infinite factor` : `${integrator.id} chooses its own steps by the tolerance ${tolerance}`)}`;
  } catch (error) {
    if (error instanceof InputError) return `\n\n${refusing(error.message)}`;
    throw error;
  }
}

const refusing = (why: string) =>
  `\ndef sample(u, z, normals=None):\n    raise NotImplementedError(${pythonString(`no steps were written: ${why}`)})\n`;

/** The module of an experiment. An InputError names what cannot be written. */
function moduleText(experiment: Experiment): string {
  const { name, schedules, dynamics } = experiment;
  const codes = schedules.map(scheduleCode);
  const definitions = new Set(codes.flatMap(({ code }) => code));
  const rates = ratesCode[dynamics.id];
  if (!rates) throw new InputError(`the dynamics ${dynamics.id} cannot be written as a NumPy module`);
  const { pull, decay } = rates(dynamics.params);
  const rows = codes.map(({ expression }, k) => `    (${pythonString(entryLabel(schedules[k]!))}, ${expression}),\n`);
  return [
    pythonComment(`${name}: schedules, dynamics, grid and steps in NumPy alone, as exported by NoProp Lab.`),
    pythonComment(
      'Time t runs from 0 (noise) to 1 (data). SCHEDULES has every schedule of the experiment; the first, SCHEDULE, drives the dynamics. ' +
        'schedule.quantities(t) gives every quantity, rates(t) the factors of dz/dt = pull u - decay z, sample(u, z) carries states.',
    ),
    '\n',
    KERNEL,
    ...Array.from(definitions, (text) => `\n\n${text.trim()}\n`),
    `\n\n# Schedules\nSCHEDULES = [\n${rows.join('')}]\nSCHEDULE = SCHEDULES[0][1]\n`,
    `\n\n${pythonComment(`Dynamics: ${dynamicsLabel(dynamics)}`)}\n\ndef rates(t):\n    """The factors (pull, decay) of dz/dt = pull u - decay z."""\n`,
    `    t = np.asarray(t, dtype=float)\n    gamma, rate = SCHEDULE.log_snr(t), SCHEDULE.log_snr_rate(t)\n    share = sigmoid(gamma)\n`,
    `    with np.errstate(all="ignore"):\n        return ${pull}, ${decay}\n\n`,
    stepsCode(experiment),
  ].join('');
}

export const numpy: ExportFormat = {
  id: 'numpy',
  title: 'NumPy module',
  summary: 'Schedules with every quantity, dynamics, grid and steps as Python that needs NumPy alone',
  extension: 'py',
  needs: 'experiment',
  write: ({ experiment }) => moduleText(experiment),
};
