import { cosine } from '../../schedules/cosine';
import { edm } from '../../schedules/edm';
import { newEntry, newModifier } from '../../schedules/entry';
import { expression } from '../../schedules/expression';
import { linearBeta } from '../../schedules/linearBeta';
import { linearGamma } from '../../schedules/linearGamma';
import { InputError } from '../../registry/problem';
import { formatNumber } from '../../text/format';
import type { Config } from '../config';
import type { Described } from '../import';
import type { ImportedSchedule } from './betaTable';

type Parts = Pick<Described, 'schedule' | 'grid'>;

const sigma = { min: 0, max: 1e6, open: 'min' } as const;

const EVEN = { id: 'uniform-t', params: {} } as const;

/** sigma_min and sigma_max; an InputError where they do not increase. */
function sigmaEnds(config: Config): { readonly sigmaMin: number; readonly sigmaMax: number } {
  const sigmaMin = config.number('sigma_min', sigma, 'noise over signal at the data end');
  const sigmaMax = config.number('sigma_max', sigma, 'noise over signal at the noise end');
  if (!(sigmaMin < sigmaMax))
    throw new InputError(`sigma_max must be greater than sigma_min (${sigmaMin}): got ${sigmaMax}`);
  return { sigmaMin, sigmaMax };
}

/** Noise levels whose logarithm falls evenly: gamma = -2 ln sigma rises evenly. */
const geometric = (sigmaMin: number, sigmaMax: number): ImportedSchedule => ({
  ...newEntry(linearGamma.id),
  params: { gammaMin: -2 * Math.log(sigmaMax), gammaMax: -2 * Math.log(sigmaMin) },
});

const power = (sigmaMin: number, sigmaMax: number, rho: number): ImportedSchedule => ({
  ...newEntry(edm.id),
  params: { sigmaMin, sigmaMax, rho },
});

const rhoRange = { min: 0.1, max: 1000 } as const;

/** Noise levels of EDM: gamma = -2 ln sigma. sigma_data is told; it scales the network, not the schedule. */
export function edmLevels(config: Config): Parts {
  const { sigmaMin, sigmaMax } = sigmaEnds(config);
  const spaced = config.peek('sigma_schedule') === undefined ? 'karras' : config.choice('sigma_schedule', ['karras', 'exponential'], 'how sigma falls'); // prettier-ignore
  if (spaced === 'exponential') config.off(['rho'], 'sigma_schedule exponential does not use it');
  config.assume('last step', 'ends at sigma_min', 'in place of sigma = 0, which the curve does not reach');
  const schedule =
    spaced === 'exponential'
      ? geometric(sigmaMin, sigmaMax)
      : power(sigmaMin, sigmaMax, config.number('rho', rhoRange, 'root of sigma that falls evenly'));
  return { schedule, grid: EVEN };
}

/** Levels of a class with a table whose steps have ends of their own, beyond the table: it is an EDM model's. */
export function ownLevels(config: Config, rule: 'use_karras_sigmas' | 'use_exponential_sigmas'): Parts {
  const { sigmaMin, sigmaMax } = sigmaEnds(config);
  config.use('timestep_type', 'continuous: the network is told sigma itself');
  if (rule === 'use_exponential_sigmas') return { schedule: geometric(sigmaMin, sigmaMax), grid: EVEN };
  config.assume('rho', 7, `fixed in ${config.owner}`);
  return { schedule: power(sigmaMin, sigmaMax, 7), grid: EVEN };
}

/** The variance exploding process of ScoreSdeVe and KarrasVe: sigma falls geometrically. */
export function varianceExploding(config: Config): Parts {
  const { sigmaMin, sigmaMax } = sigmaEnds(config);
  return { schedule: geometric(sigmaMin, sigmaMax), grid: EVEN };
}

/** KarrasVe, as its paper has it; the class takes the squares of both ends for sigma. */
export function karrasVe(config: Config): Parts {
  config.warn(
    'KarrasVeScheduler itself takes sigma_min and sigma_max squared for sigma; here they are sigma, as in the paper',
  );
  return varianceExploding(config);
}

/** The variance preserving process in continuous time. */
export function variancePreserving(config: Config): Parts {
  const rate = { min: 0, max: 1000 };
  const betaMin = config.number('beta_min', rate, 'noise rate at the data end');
  const betaMax = config.number('beta_max', { ...rate, open: 'min' }, 'noise rate at the noise end');
  return { schedule: { ...newEntry(linearBeta.id), params: { betaMin, betaMax } }, grid: EVEN };
}

/** IPNDM: sigma = sin(pi s/2)^2 is the share of noise in its own sense, alphaBar = 1 - sigma^2. */
export function sineSigmas(config: Config): Parts {
  if (config.has('trained_betas'))
    throw new InputError(`trained_betas of ${config.owner} are not covered: they are no betas there`);
  const formula = '2*log(cos(pi*s/2)) + log(1 + sin(pi*s/2)^2) - 4*log(sin(pi*s/2))';
  config.assume('alphaBar', '1 - sin(pi s/2)^4', `fixed in ${config.owner}`);
  const inputs = { quantity: 'gamma', formula };
  return { schedule: { ...newEntry(expression.id), params: {}, inputs }, grid: EVEN };
}

/** SCM: alphaBar = cos(angle)^2 with an angle that falls evenly. */
export function trigFlow(config: Config): Parts {
  config.assume('alphaBar', 'cos(pi s/2)^2', `the angle of ${config.owner} falls evenly from pi/2`);
  return { schedule: { ...newEntry(cosine.id), params: { offset: 0 } }, grid: EVEN };
}

/** Wuerstchen: the cosine in continuous time, alphaBar kept from .0001 to .9999. */
export function wuerstchen(config: Config): Parts {
  const scaler = config.number('scaler', { min: 0, max: 1000, open: 'min' }, 'power of time');
  if (scaler !== 1) throw new InputError(`scaler ${formatNumber(scaler)} is not covered: 1 is`);
  const offset = config.number('s', { min: 0, max: 1 }, 'offset of the cosine');
  const limit = Math.log(0.9999 / 0.0001);
  config.assume('alphaBar', 'from 0.0001 to 0.9999', `limited in ${config.owner}`);
  const modifiers = [{ ...newModifier('clamp'), params: { min: -limit, max: limit } }];
  return { schedule: { ...newEntry(cosine.id), params: { offset }, modifiers }, grid: EVEN };
}
