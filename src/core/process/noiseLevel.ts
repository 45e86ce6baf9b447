import type { Dynamics, NoiseLevel } from '../dynamics';
import type { Schedule } from '../schedules';

/** Where u sees the state at a time of a schedule: by the dynamics' own scale and log-SNR, or as it is, at gamma. */
export const noiseLevelAt = ({ noiseLevel }: Dynamics, schedule: Schedule, t: number): NoiseLevel =>
  noiseLevel?.(t) ?? { logSnr: schedule.logSnr(t), scale: 1 };
