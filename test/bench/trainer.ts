import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PATHS, serve, sizes, STEPS, type Size, type Task } from './contender';
import { quantiles } from './quantiles';
import { writeGuide } from './guide';

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
async function contenders(python: string, clock: Task[4], quiet = false): Promise<Contender[]> {
  const [node, script] = [process.execPath, process.argv[1]!];
  const ours = ['simd', 'simd-relaxed'].map((name) => start(name, 0, node, [script, 'trainer', `serve=${name}`]));
  for (const { lines } of ours) for (let k = 0; k < HEADER; k++) await lines.next();
  const theirs = (clock === 'wall' ? [1, 2] : [1]).map((n) =>
    start(`torch, threads: ${n}`, n, python, ['test/bench/pytorch.py', String(n)]),
  );
  const versions = await Promise.all(theirs.map(({ lines }) => lines.next()));
  if (versions.some(({ done }) => done)) {
    if (!quiet) console.log(`  ${python} has no torch: ours alone`);
    return ours;
  }
  if (!quiet) console.log(`  against ${versions[0]!.value}`);
  return [...ours, ...theirs];
}

/** Lines that the runner prints before a bench begins. */
const HEADER = 3;

interface Row {
  readonly name: string;
  readonly torch: boolean;
  readonly median: number;
  readonly best: number;
  readonly worst: number;
}

const digits = (value: number) => value.toFixed(value < 100 ? 1 : 0);

/** The best median among PyTorch's rows; nothing where there is none. */
function bestTorch(rows: readonly Row[], higher: boolean): number | undefined {
  const theirs = rows.filter(({ torch }) => torch).map(({ median }) => median);
  return theirs.length ? (higher ? Math.max : Math.min)(...theirs) : undefined;
}

/** Prints a row a contender: median, range, and the ratio to PyTorch's best. */
function print(rows: readonly Row[], unit: string, higher: boolean): void {
  const best = bestTorch(rows, higher);
  for (const { name, median, best: least, worst } of rows) {
    const ratio = best === undefined ? '' : `  ${(median / best).toFixed(2)} of torch's`;
    console.log(
      `    ${name.padEnd(16)} ${digits(median).padStart(6)} ${unit} (${digits(least)} to ${digits(worst)})${ratio}`,
    );
  }
}

/** Rows as a line of the guide's table: each contender's median with its range, and each of ours over PyTorch's best. */
function tableLine(what: string, rows: readonly Row[], higher: boolean): string {
  const best = bestTorch(rows, higher);
  const cells = rows.map(
    ({ median, best: least, worst }) => `${digits(median)} (${digits(least)} to ${digits(worst)})`,
  );
  const ratios = rows
    .filter(({ torch }) => !torch)
    .map(({ median }) => (best === undefined ? '–' : (median / best).toFixed(2)));
  return `| ${[what, ...cells, ...ratios].join(' | ')} |`;
}

/** The most memory of fresh processes, ours and PyTorch's, that train and sample at each size. */
async function printMemory(chosen: readonly Size[], python: string, seconds: number): Promise<void> {
  console.log('  the most memory of a process that trains and samples, relu: ours, then PyTorch with one thread');
  for (const size of chosen) {
    const all = await contenders(python, 'cpu', true);
    const peaks: string[] = [];
    for (const one of all.filter(({ name }) => name !== 'simd-relaxed')) {
      peaks.push(`${(await ask(one, ['memory', size, 'relu', seconds, 'wall'])).toFixed(0)} MB`);
      one.child.kill();
    }
    for (const { child } of all) child.kill();
    console.log(`    ${size}: ${peaks.join(', ')}`);
  }
}

/**
 * Prints how fast training and sampling are beside PyTorch's, in turns of all contenders, and the memory they take. Words:
 * key=value of rounds, seconds a turn, sizes and activations (by commas), clock (cpu on a machine that others use too),
 * and python; `guide` writes the table into the guide.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Options;
  if (options.serve) return serve(options.serve === 'simd-relaxed');
  const clock = options.clock === 'cpu' ? 'cpu' : 'wall';
  const [rounds, seconds] = [Number(options.rounds ?? 7), Number(options.seconds ?? 2)];
  const python = options.python ?? 'python3';
  const chosen = (options.sizes?.split(',') ?? Object.keys(sizes)) as Size[];
  const all = await contenders(python, clock);
  const lines = [
    `| | ${all.map(({ name }) => name).join(' | ')} | simd / PyTorch's best | relaxed |`,
    `| --- |${' --- |'.repeat(all.length + 2)}`,
  ];
  const measure = async (what: string, task: Task, unit: string, higher: boolean) => {
    const results = new Map<Contender, number[]>(all.map((one) => [one, []]));
    for (let round = 0; round < rounds; round++) for (const one of all) results.get(one)!.push(await ask(one, task));
    const rows = [...results].map(([{ name, torch }, values]) => ({ name, torch, ...quantiles(values) }));
    print(rows, `${unit} of ${clock}`, higher);
    lines.push(tableLine(`${what}, ${unit}`, rows, higher));
  };
  try {
    for (const activation of options.activations?.split(',') ?? ['relu', 'silu'])
      for (const size of chosen) {
        const { features, classes, hidden } = sizes[size];
        const network = `${features + classes + 16} -> ${hidden} -> ${hidden} -> ${classes}`;
        console.log(`  ${size}, ${activation}: ${network}, batch 128; ${rounds} turns of ${seconds} s`);
        await measure(
          `${size} ${activation}: ${network}`,
          ['train', size, activation, seconds, clock],
          'steps/s',
          true,
        );
      }
    console.log(`  sampling: ${PATHS} trajectories, RK4, ${STEPS} steps, S2's network, relu`);
    const sampling = `sampling ${PATHS} trajectories, RK4, ${STEPS} steps, S2's network`;
    await measure(sampling, ['sample', 'S2', 'relu', 0, clock], 'ms', false);
  } finally {
    for (const { child } of all) child.kill();
  }
  await printMemory(chosen, python, seconds);
  if (words.includes('guide')) await writeGuide('trainer', lines);
}
