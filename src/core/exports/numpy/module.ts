import { dynamicsLabel } from '../../dynamics/entry';
import type { Experiment } from '../../experiment/experiment';
import { InputError } from '../../registry/problem';
import { entryLabel } from '../../schedules/entry';
import { KERNEL } from './kernel';
import { pythonComment, pythonString } from './pythonText';
import { ratesCode } from './rates';
import { scheduleCode } from './schedules';
import { stepsCode, type Steps } from './steps';

/** What tells modules of the same content apart. */
export interface ModuleDialect {
  /** The packages that it needs, in words. */
  readonly packages: string;
  /** What comes before everything else. */
  readonly imports: string;
  /** The code, which is written for NumPy, in the dialect's own words. */
  readonly words: (code: string) => string;
}

const rates = (pull: string, decay: string) => `
def rates(t):
    """The factors (pull, decay) of dz/dt = pull u - decay z."""
    at = np.asarray(t, dtype=float)
    gamma, rate = SCHEDULE.log_snr(at), SCHEDULE.log_snr_rate(at)
    share = sigmoid(gamma)
    with np.errstate(all="ignore"):
        pull, decay = ${pull}, ${decay}
    return pull, decay
`;

/** A Python module of an experiment's schedules and dynamics, with these steps. An InputError names what cannot be written. */
export function moduleText(
  { name, schedules, dynamics }: Experiment,
  { packages, imports, words }: ModuleDialect,
  steps: Steps | string,
): string {
  const codes = schedules.map(scheduleCode);
  const definitions = new Set(codes.flatMap(({ code }) => code));
  const factors = ratesCode[dynamics.id];
  if (!factors) throw new InputError(`the dynamics ${dynamics.id} cannot be written as Python`);
  const { pull, decay } = factors(dynamics.params);
  const rows = codes.map(({ expression }, k) => `    (${pythonString(entryLabel(schedules[k]!))}, ${words(expression)}),\n`); // prettier-ignore
  return [
    pythonComment(`${name}: schedules, dynamics, grid and steps in ${packages} alone, as exported by NoProp Lab.`),
    pythonComment(
      'Time t runs from 0 (noise) to 1 (data). SCHEDULES has every schedule of the experiment; the first, SCHEDULE, drives the dynamics. ' +
        'schedule.quantities(t) gives every quantity, rates(t) the factors of dz/dt = pull u - decay z, sample(u, z) carries states.',
    ),
    `\n${imports}\n\n`,
    words(KERNEL),
    ...Array.from(definitions, (text) => `\n\n${words(text.trim())}\n`),
    `\n\n# Schedules\nSCHEDULES = [\n${rows.join('')}]\nSCHEDULE = SCHEDULES[0][1]\n`,
    `\n\n${pythonComment(`Dynamics: ${dynamicsLabel(dynamics)}`)}\n${words(rates(pull, decay))}\n`,
    stepsCode(steps, words),
  ].join('');
}
