import type { TrainerOptions, TrainerService } from '../trainer/service/trainerService';

/** The trainer in this process. tfjs is loaded only by the commands that need it. Its kernels lie beside this script. */
export async function openTrainer(options: TrainerOptions = {}): Promise<TrainerService> {
  const { TrainerService: Loaded } = await import('../trainer/service/trainerService');
  return new Loaded(__dirname, options);
}
