import { createDenoiser } from '../../src/core/denoisers';
import { createDynamics } from '../../src/core/dynamics';
import { integrate, integratorOf, integrators, type Integration } from '../../src/core/integrators';
import { Random } from '../../src/core/math/random';
import { uniform } from '../../src/core/math/spacing';
import { createSchedule } from '../../src/core/schedules';
import { startPython } from './python';
import { quantiles } from './quantiles';

/** Rounds that count, all contenders taking turns in each; and rounds before them. */
const [ROUNDS, WARM] = [9, 3];

/** The race against NumPy: trajectories and steps of RK4. */
const [PATHS, STEPS] = [1000, 40];

/** What each method is measured on: few paths, so that a step's own cost shows. */
const [FEW, MANY_STEPS] = [16, 2000];

function problem(id: string, n: number, steps: number): Integration {
  const integrator = integratorOf(id);
  return {
    dynamics: createDynamics('noprop-forward'),
    schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
    denoiser: createDenoiser('mixture'),
    noise: integrator.kind === 'sde',
    random: Random.stream(1, 'noise'),
    integrator,
    times: uniform(0, 1, steps + 1),
    z0: Random.stream(1, 'start').normals(new Float64Array(n)),
    n,
    d: 1,
  };
}

const timed = (run: Integration): number => {
  const begun = performance.now();
  integrate(run);
  return performance.now() - begun;
};

/** The growth of the heap over many steps, or nothing where it was swept in between. */
function bytesOf(run: Integration): number | undefined {
  const before = process.memoryUsage();
  integrate(run);
  const after = process.memoryUsage();
  const grown = after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
  return grown >= 0 ? grown / MANY_STEPS : undefined;
}

const shown = (value: number) => value.toFixed(value < 10 ? 2 : 1).padStart(9);

/** Prints the race of 1000 paths x 40 RK4 steps beside NumPy, then microseconds and bytes a step of every method. */
export async function run(): Promise<void> {
  const numpy = await startPython('numpyPaths.py', [PATHS, STEPS]);
  const race = problem('rk4', PATHS, STEPS);
  const times: Record<string, number[]> = { ours: [], ...(numpy && { [numpy.version]: [] }) };
  for (let round = -WARM; round < ROUNDS; round++)
    for (const [name, list] of Object.entries(times)) {
      const spent = name === 'ours' ? timed(race) : await numpy!.turn('run');
      if (round >= 0) list.push(spent);
    }
  numpy?.stop();
  console.log(`  ${PATHS} paths x ${STEPS} RK4 steps on the mixture, ms, ${ROUNDS} interleaved runs: median, then all`);
  for (const [name, list] of Object.entries(times))
    console.log(
      `  ${name.padEnd(16)}${shown(quantiles(list).median)}   (${list.map((ms) => ms.toFixed(2)).join(' ')})`,
    );
  if (!numpy) console.log('  no python3 with NumPy here to race against');

  const rows = integrators.map(({ id }) => ({ id, run: problem(id, FEW, MANY_STEPS), us: [] as number[], bytes: [] as number[] })); // prettier-ignore
  for (let round = -WARM; round < ROUNDS; round++)
    for (const row of rows) {
      const spent = (1000 * timed(row.run)) / MANY_STEPS;
      const bytes = bytesOf(row.run);
      if (round < 0) continue;
      row.us.push(spent);
      if (bytes !== undefined) row.bytes.push(bytes);
    }
  console.log(`  a step with ${FEW} paths (${8 * FEW} bytes of states), ${ROUNDS} interleaved runs of ${MANY_STEPS} steps, medians (worst)`); // prettier-ignore
  console.log('  method              µs            bytes allocated');
  for (const { id, us, bytes } of rows) {
    const [speed, heap] = [quantiles(us), bytes.length ? quantiles(bytes) : undefined];
    const told = heap ? `${shown(heap.median)} (${heap.worst.toFixed(0)})` : '  swept in every run';
    console.log(`  ${id.padEnd(16)}${shown(speed.median)} (${speed.worst.toFixed(2)}) ${told}`);
  }
}
