import type { Desk } from '../trainer/service/trainerService';

/** The trainer in this process; tfjs is loaded only by the commands that need it. Its kernels lie beside this script. */
export async function openDesk(options: ConstructorParameters<typeof Desk>[1] = {}): Promise<Desk['calls']> {
  const { Desk: Loaded } = await import('../trainer/service/trainerService');
  return new Loaded(__dirname, options).calls;
}
