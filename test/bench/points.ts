import { evaluate } from '../../src/core/schedules/quantities';
import { createSchedule, schedules } from '../../src/core/schedules';
import { quantiles } from './quantiles';

/** Times a run evaluates, and runs of each family. */
const [POINTS, ROUNDS] = [100_000, 25];

/** Prints points of time a second, all quantities at each, by family; the families take turns, so that none has the quiet minutes. */
export function run(): Promise<void> {
  const times = Float64Array.from({ length: POINTS }, (_, i) => (i + 0.5) / POINTS);
  const rows = schedules.map(({ id }) => ({ id, schedule: createSchedule(id), speeds: [] as number[] }));
  for (let round = -2; round < ROUNDS; round++)
    for (const { schedule, speeds } of rows) {
      const begun = performance.now();
      evaluate(schedule, times);
      if (round >= 0) speeds.push(POINTS / (performance.now() - begun) / 1000);
    }
  console.log(`  millions a second, ${ROUNDS} interleaved runs of ${POINTS} points: median (slowest to fastest)`);
  for (const { id, speeds } of rows) {
    const { median, worst, best } = quantiles(speeds.map((speed) => -speed));
    console.log(`  ${id.padEnd(20)} ${(-median).toFixed(2)} (${(-worst).toFixed(2)} to ${(-best).toFixed(2)})`);
  }
  return Promise.resolve();
}
