import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PATHS, serve, sizes, STEPS, type Size, type Task } from './contender';
import { quantiles } from './quantiles';

/** What may be set by key=value. */
type Options = Partial<Record<'rounds' | 'seconds' | 'sizes' | 'activations' | 'clock' | 'serve' | 'python', string>>;

/** A process that answers tasks, waiting between them. */
interface Contender {
  readonly name: string;
  /** Torch's are what the others are measured against. */
  readonly torch: boolean;
  readonly child: ChildProcess;
  readonly lines: AsyncIterator<string>;
}

function start(name: string, threads: number, command: string, words: readonly string[]): Contender {
  const env = { ...process.env, ...(threads && { OPENBLAS_NUM_THREADS: String(threads) }) };
  const child = spawn(command, words, { env, stdio: ['pipe', 'pipe', threads ? 'ignore' : 'inherit'] });
  child.on('error', () => undefined); // no such program: its lines end at once
  return { name, torch: threads > 0, child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

async function ask({ name, child, lines }: Contender, task: Task): Promise<number> {
  child.stdin?.write(`${JSON.stringify(task)}\n`);
  const line = await lines.next();
  if (line.done) throw new Error(`${name} ended early`);
  return Number(line.value);
}

/**
 * Our variants, and PyTorch where there is a Python that has it: with one thread and, by the time that passes, two (which
 * wait for each other by spinning, so that their own time says nothing).
 */
async function contenders(python: string, clock: Task[4]): Promise<Contender[]> {
  const [node, script] = [process.execPath, process.argv[1]!];
  const ours = ['simd', 'simd-relaxed'].map((name) => start(name, 0, node, [script, 'trainer', `serve=${name}`]));
  for (const { lines } of ours) for (let k = 0; k < HEADER; k++) await lines.next();
  const theirs = (clock === 'wall' ? [1, 2] : [1]).map((n) =>
    start(`torch, threads: ${n}`, n, python, ['test/bench/pytorch.py', String(n)]),
  );
  const versions = await Promise.all(theirs.map(({ lines }) => lines.next()));
  if (versions.some(({ done }) => done)) {
    console.log(`  ${python} has no torch: ours alone`);
    return ours;
  }
  console.log(`  against ${versions[0]!.value}`);
  return [...ours, ...theirs];
}

/** Lines that the runner prints before a bench begins. */
const HEADER = 3;

/** Prints a row a contender: median, range, and the ratio to PyTorch's best. */
function print(results: ReadonlyMap<Contender, readonly number[]>, unit: string, higher: boolean): void {
  const rows = [...results].map(([{ name, torch }, values]) => ({ name, torch, ...quantiles(values) }));
  const theirs = rows.filter(({ torch }) => torch).map(({ median }) => median);
  const best = higher ? Math.max(...theirs) : Math.min(...theirs);
  for (const { name, median, best: least, worst } of rows) {
    const digits = median < 100 ? 1 : 0;
    const range = `${least.toFixed(digits)} to ${worst.toFixed(digits)}`;
    const ratio = theirs.length ? `  ${(median / best).toFixed(2)} of torch's` : '';
    console.log(`    ${name.padEnd(16)} ${median.toFixed(digits).padStart(6)} ${unit} (${range})${ratio}`);
  }
}

/**
 * Prints how fast training and sampling are beside PyTorch's, in turns of all contenders. Words: key=value of rounds,
 * seconds a turn, sizes and activations (by commas), clock (cpu on a machine that others use too), and python.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Options;
  if (options.serve) return serve(options.serve === 'simd-relaxed');
  const clock = options.clock === 'cpu' ? 'cpu' : 'wall';
  const [rounds, seconds] = [Number(options.rounds ?? 7), Number(options.seconds ?? 2)];
  const chosen = (options.sizes?.split(',') ?? Object.keys(sizes)) as Size[];
  const all = await contenders(options.python ?? 'python3', clock);
  const measure = async (task: Task, unit: string, higher: boolean) => {
    const results = new Map<Contender, number[]>(all.map((one) => [one, []]));
    for (let round = 0; round < rounds; round++) for (const one of all) results.get(one)!.push(await ask(one, task));
    print(results, unit, higher);
  };
  try {
    for (const activation of options.activations?.split(',') ?? ['relu', 'silu'])
      for (const size of chosen) {
        const { features, classes, hidden } = sizes[size];
        console.log(`  ${size}, ${activation}: ${features + classes + 16} -> ${hidden} -> ${hidden} -> ${classes}, batch 128; ${rounds} turns of ${seconds} s`); // prettier-ignore
        await measure(['train', size, activation, seconds, clock], `steps/s of ${clock}`, true);
      }
    console.log(`  sampling: ${PATHS} trajectories, RK4, ${STEPS} steps, S2's network, relu`);
    await measure(['sample', 'S2', 'relu', 0, clock], `ms of ${clock}`, false);
  } finally {
    for (const { child } of all) child.kill();
  }
}
