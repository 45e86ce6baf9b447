import type { Experiment } from './experiment';
import { InputError } from '../registry/problem';
import { learned } from '../schedules/learned';

type Learning = Pick<Experiment, 'model' | 'schedules' | 'training' | 'window'>;

/** Whether an experiment's schedule is trained with its model: only NoProp-CT draws its times anew at every step. */
export const learnsSchedule = ({ model, schedules, training }: Learning): boolean =>
  model.id === 'ct' && schedules[0]!.id === learned.id && training.scheduleLoss !== 'fixed';

/** An InputError where an experiment's schedule is to be trained and cannot be. */
export function checkLearning(experiment: Learning): void {
  if (!learnsSchedule(experiment)) return;
  const { schedules, training, window } = experiment;
  const { params, modifiers } = schedules[0]!;
  const wrong = (message: string) => new InputError(`${message}, or set training.scheduleLoss to fixed`);
  if (modifiers.length)
    throw wrong(`schedules[0] is learned and has the modifier ${modifiers[0]!.id}: take it off to train the schedule`);
  if (training.times === 'importance')
    throw wrong(
      'training.times must be stratified or uniform where the schedule is trained, which changes their density itself: got importance',
    );
  for (const name of ['gammaMin', 'gammaMax'])
    if (Math.abs(params[name]!) > window.logSnr)
      throw wrong(
        `schedules[0].params.${name} must lie within the window |log-SNR| <= ${window.logSnr} where the schedule is trained: got ${params[name]}`,
      );
}
