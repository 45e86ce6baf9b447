import type { TrainerOptions } from '../trainer/service/trainerOptions';
import type { TrainerService } from '../trainer/service/trainerService';
import type { Terminal } from './terminal';

/** The trainer in this process, or the one that commands share. tfjs is loaded only by the commands that need it. */
export async function openTrainer(
  { kernels, warn, trainer }: Pick<Terminal, 'kernels' | 'warn' | 'trainer'>,
  options: TrainerOptions = {},
): Promise<TrainerService> {
  if (trainer) return trainer();
  const { TrainerService: Loaded } = await import('../trainer/service/trainerService');
  const python = process.env.NOPROP_PYTHON;
  return new Loaded(kernels, { python, onPrint: (line) => warn(`${line}\n`), ...options });
}
