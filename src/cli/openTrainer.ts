import type { TrainerOptions, TrainerService } from '../trainer/service/trainerService';
import type { Terminal } from './terminal';

/** The trainer in this process. tfjs is loaded only by the commands that need it. */
export async function openTrainer({ kernels }: Terminal, options: TrainerOptions = {}): Promise<TrainerService> {
  const { TrainerService: Loaded } = await import('../trainer/service/trainerService');
  return new Loaded(kernels, options);
}
