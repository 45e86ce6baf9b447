import { ownOf } from '../registry/own';
import { InputError } from '../registry/problem';
import { edm } from '../schedules/edm';
import { newEntry } from '../schedules/entry';
import { linearGamma } from '../schedules/linearGamma';
import { logNormal } from '../schedules/logNormal';
import type { ScheduleEntry } from '../schedules/entrySchema';
import { Config } from './config';
import type { ImportFormat } from './import';
import { jsonOf, objectOf, textOf } from './jsonFile';

const KEYS = { sigma_min: null, sigma_max: null, sigma_data: 1, sigma_sample_density: null };

const positive = { min: 0, max: 1e6, open: 'min' } as const;

const LABEL = 'Density of the training';

/** The object that has the noise levels: the part called model, or the whole. */
function modelOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const part = ownOf(values, 'model') ?? values;
  const has = (key: string) => ownOf(part, key) !== undefined;
  return has('sigma_min') && has('sigma_max') ? (part as Record<string, unknown>) : undefined;
}

/** The density that the training draws sigma from, as a schedule whose time is its distribution. */
function density(config: Config): ScheduleEntry | undefined {
  const given = config.peek('sigma_sample_density');
  if (typeof given !== 'object' || given === null) return undefined;
  const kind = ownOf(given, 'type');
  const number = (...keys: string[]) => keys.map((key) => ownOf(given, key)).find((value): value is number => typeof value === 'number'); // prettier-ignore
  if (kind === 'lognormal') {
    const [mean, std] = [number('mean', 'loc'), number('std', 'scale')];
    if (mean === undefined || std === undefined || !(std > 0))
      throw new InputError('sigma_sample_density lognormal must have the numbers mean and std, std above 0');
    config.use('sigma_sample_density', 'drawn beside the schedule: log sigma is normal in the training');
    return { ...newEntry(logNormal.id), label: LABEL, params: { pMean: mean, pStd: std } };
  }
  if (kind === 'loguniform') {
    const low = number('min_value') ?? (config.peek('sigma_min') as number);
    const high = number('max_value') ?? (config.peek('sigma_max') as number);
    if (!(low > 0 && low < high))
      throw new InputError('sigma_sample_density loguniform must have min_value below max_value');
    config.use('sigma_sample_density', 'drawn beside the schedule: log sigma is uniform in the training');
    const params = { gammaMin: -2 * Math.log(high), gammaMax: -2 * Math.log(low) };
    return { ...newEntry(linearGamma.id), label: LABEL, params };
  }
  config.off(['sigma_sample_density'], 'only lognormal and loguniform are drawn');
  return undefined;
}

export const kDiffusion: ImportFormat = {
  id: 'k-diffusion',
  title: 'Configuration of k-diffusion',
  summary: 'config.json of k-diffusion: sigma_min, sigma_max, sigma_data and the density of sigma in the training',
  recognises: (file) => {
    const values = objectOf(file);
    return values !== undefined && !('_class_name' in values) && modelOf(values) !== undefined;
  },
  read(file) {
    const values = jsonOf(textOf(file)) as Record<string, unknown>;
    const model = typeof values === 'object' && values !== null ? modelOf(values) : undefined;
    if (!model) throw new InputError(`${file.name} has no numbers sigma_min and sigma_max, which k-diffusion's has`);
    const config = new Config(model, KEYS, 'k-diffusion');
    const sigmaMin = config.number('sigma_min', positive, 'noise over signal at the data end');
    const sigmaMax = config.number('sigma_max', positive, 'noise over signal at the noise end');
    if (!(sigmaMin < sigmaMax))
      throw new InputError(`sigma_max must be greater than sigma_min (${sigmaMin}): got ${sigmaMax}`);
    const beside = density(config);
    config.off(['sigma_data'], 'the spread of the data: it scales the network, not the schedule');
    config.assume('rho', 7, 'of get_sigmas_karras, which the samplers use');
    config.assume('last step', 'ends at sigma_min', 'in place of sigma = 0, which the curve does not reach');
    return {
      name: file.name,
      schedule: { ...newEntry(edm.id), params: { sigmaMin, sigmaMax, rho: 7 } },
      ...(beside && { beside }),
      grid: { id: 'uniform-t', params: {} },
      report: config.report(() => 'says nothing of the schedule'),
    };
  },
};
