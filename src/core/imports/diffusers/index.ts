import { LONGEST_KEPT } from '../../experiment/fields/imported';
import { own } from '../../registry/own';
import { InputError } from '../../registry/problem';
import { quoted } from '../../registry/quoted';
import { entryProblems } from '../../schedules/definition';
import { checkValues } from '../../registry/parameters';
import { entryRow } from '../../schedules/entry';
import { didYouMean } from '../../text/nearest';
import { Config, MOST_KEYS } from '../config';
import type { Described, ImportFormat, ImportOptions, ImportReport } from '../import';
import { jsonOf, objectOf, textOf } from '../jsonFile';
import { OLD_NAMES, schedulerClasses, WITHOUT_SCHEDULE, type SchedulerClass } from './classes';

/** What keys that no class needs here are for. */
const BESIDE: Readonly<Record<string, string>> = {
  _class_name: 'the class',
  _diffusers_version: 'the version that wrote the file',
  prediction_type: 'what the network predicts; u of the lab is the data, which follows from it',
  clip_sample: 'limits the predicted data, not the schedule',
  clip_sample_range: 'limits the predicted data, not the schedule',
  clip_denoised: 'limits the predicted data, not the schedule',
  thresholding: 'limits the predicted data, not the schedule',
  dynamic_thresholding_ratio: 'limits the predicted data, not the schedule',
  sample_max_value: 'limits the predicted data, not the schedule',
  sigma_data: 'the spread of the data: it scales the network, not the schedule',
  variance_type: 'the variance of a step with noise; the lab has the exact one',
  set_alpha_to_one: 'what follows the last step; the steps of the lab end where the window does',
  clip_alpha_at_one: 'what follows the last step; the steps of the lab end where the window does',
  final_sigmas_type: 'what follows the last step; the steps of the lab end where the window does',
  skip_prk_steps: 'how a multistep method starts',
  lambda_min_clipped: 'leaves out noisy rows; the window of the lab limits log-SNR at both ends',
  timestep_type: 'what the network is told of time',
  timestep_scaling: 'what the network is told of time',
  interpolation_type: 'how levels between rows are found; the lab joins rows smoothly',
  num_train_timesteps: 'only spaces what the network is told',
  timestep_values: 'a key of older versions without effect',
  tensor_format: 'a key of older versions without effect',
};

/** The class of a name, with Flax and names of older versions. An InputError where it is none that is known. */
export function schedulerClass(name: string): SchedulerClass {
  const plain = name.replace(/^Flax/, '');
  const wanted = own(OLD_NAMES, plain) ?? plain;
  const found = schedulerClasses.find((row) => row.name === wanted);
  if (found) return found;
  const why = own(WITHOUT_SCHEDULE, wanted);
  if (why) throw new InputError(`${name} has no noise schedule: ${why}`);
  const known = schedulerClasses.map((row) => row.name);
  const meant = didYouMean(name, known);
  if (!meant && !name.includes('Scheduler'))
    throw new InputError(`${quoted(name)} is no scheduler: take scheduler/scheduler_config.json of the same model`);
  throw new InputError(
    `${quoted(name)} is a scheduler whose schedule is not known here: ${meant ?? `known are ${known.join(', ')}`}`,
  );
}

/** The class that a file without a name is read as, by its keys. */
function classByKeys(values: Readonly<Record<string, unknown>>): SchedulerClass | undefined {
  const has = (pattern: RegExp) => Object.keys(values).some((key) => pattern.test(key));
  if (has(/^(beta_(start|end|schedule)|trained_betas)$/)) return schedulerClass('DDPMScheduler');
  return has(/^(use_dynamic_shifting|shift_terminal|base_shift|shift)$/)
    ? schedulerClass('FlowMatchEulerDiscreteScheduler')
    : undefined;
}

/** The class that a configuration names, or that its keys are of; undefined where they are of none. */
export function configClass({
  _class_name: name,
  ...keys
}: Readonly<Record<string, unknown>>): SchedulerClass | undefined {
  if (name !== undefined && typeof name !== 'string')
    throw new InputError(`_class_name must be text: got ${quoted(name)}`);
  return name === undefined ? classByKeys(keys) : schedulerClass(name);
}

/** What the values of a scheduler's configuration describe. Errors are those of the format. */
export function readConfig(
  values: Readonly<Record<string, unknown>>,
  options: ImportOptions = {},
): Described & { readonly report: ImportReport } {
  const count = Object.keys(values).length;
  if (count > MOST_KEYS)
    throw new InputError(`this JSON has ${count} keys: a scheduler's configuration has at most ${MOST_KEYS}`);
  const row = configClass(values);
  const given = values._class_name as string | undefined;
  if (!row)
    throw new InputError(
      'this JSON describes no noise schedule: it has no _class_name, trained_betas, beta_schedule, beta_start, beta_end or shift',
    );
  const config = new Config(values, { _class_name: null, ...row.defaults }, row.name);
  if (given === undefined) config.assume('_class_name', row.name, 'the file names no class; it has keys of this one');
  else config.use('_class_name', row.name === given ? 'the class' : `read as ${row.name}`);
  const { schedule, grid } = row.read(config, options);
  const integrator = row.solver(config);
  checkSchedule(schedule);
  if (given?.includes('Inverse'))
    config.assume('direction', 'from noise to data', 'this class runs from data to noise on the same schedule');
  const report = config.report((key) => own(BESIDE, key) ?? `${row.name} has no such key`);
  return {
    name: given ?? row.name,
    ...(schedule && { schedule }),
    ...(grid && { grid }),
    ...(integrator && { integrator }),
    report,
  };
}

/** An InputError where a family does not take what was read; keys were checked before. */
function checkSchedule(schedule: Described['schedule']): void {
  if (!schedule) return;
  const [problem] = [
    ...checkValues(entryRow(schedule), schedule.params),
    ...entryProblems(schedule).filter(({ severity }) => severity === 'error'),
  ];
  if (problem) throw new InputError(problem.message);
}

/** The report of a file that is too long to be written back key for key. */
const unkept = (report: ImportReport): ImportReport => ({
  ...report,
  warnings: [...report.warnings, `the file has more than ${LONGEST_KEPT} characters: its unused keys are not kept`],
});

export const diffusers: ImportFormat = {
  id: 'diffusers',
  title: 'Scheduler of diffusers',
  summary: 'scheduler_config.json of any scheduler class of diffusers',
  recognises(file) {
    const values = objectOf(file);
    return values !== undefined && ('_class_name' in values || classByKeys(values) !== undefined);
  },
  read(file, options) {
    const text = textOf(file);
    const values = jsonOf(text);
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new InputError(`${file.name} is no scheduler's configuration: it must be an object in JSON`);
    const described = readConfig(values as Record<string, unknown>, options);
    if (text.length > LONGEST_KEPT) return { ...described, report: unkept(described.report) };
    return { ...described, imported: { format: diffusers.id, text, ...options } };
  },
};
