// npm run torture [-- minutes=N | short] [only=name,name] [cases=N] [seed=N]: does bad things to the lab on purpose, and
// prints what each came to. Exit code 1 where something did not hold.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Random } from '../../src/core/math/random';
import type { Fault, FaultRun, Outcome } from './fault';
import { faults } from './registry';
import { tableText, type Row } from './table';
import { Watchdog } from './watchdog';

const HELP = `npm run torture [-- key=value ...]
  minutes=N      limits the whole run to about N minutes: each fault gets its share of them
  short          the short form that every test run has
  only=a,b       these faults alone; a name that ends in * stands for all that begin so
  cases=N        how often each is done
  seed=N         the seed of everything random (1)
  list           names the faults`;

interface Options {
  readonly minutes: number | undefined;
  readonly short: boolean;
  readonly only: readonly string[];
  readonly cases: number | undefined;
  readonly seed: number;
  readonly list: boolean;
}

function readOptions(words: readonly string[]): Options {
  const given = new Map<string, string | undefined>(
    words.map((word) => {
      const [key = '', value] = word.replace(/^--/, '').split(/=(.*)/s, 2);
      return [key, value];
    }),
  );
  const unknown = [...given.keys()].find((key) => !['minutes', 'short', 'only', 'cases', 'seed', 'list'].includes(key));
  if (unknown !== undefined) throw new Error(`unknown "${unknown}"\n${HELP}`);
  const number = (key: string) => {
    const text = given.get(key);
    if (text === undefined) return undefined;
    if (!(Number(text) > 0)) throw new Error(`${key} must be a number greater than 0: got "${text}"`);
    return Number(text);
  };
  return {
    minutes: number('minutes'),
    short: given.has('short'),
    only: given.get('only')?.split(',') ?? [],
    cases: number('cases'),
    seed: number('seed') ?? 1,
    list: given.has('list'),
  };
}

const isNamed = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

function chosen(only: readonly string[]): readonly Fault[] {
  const wrong = only.find((pattern) => !faults.some(({ name }) => isNamed(pattern, name)));
  if (wrong !== undefined)
    throw new Error(`no fault "${wrong}": there are ${faults.map(({ name }) => name).join(', ')}`);
  return only.length ? faults.filter(({ name }) => only.some((pattern) => isNamed(pattern, name))) : faults;
}

/** Runs faults one after the other. */
class Runner {
  private readonly watchdog = new Watchdog();
  private readonly scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-torture-'));
  private folders = 0;

  constructor(
    private readonly options: Options,
    /** Milliseconds that are left, and the seconds of all faults that are still to be run. */
    private left: number,
    private ahead: number,
  ) {}

  async run(fault: Fault): Promise<Row> {
    const { short, cases, seed } = this.options;
    const asked = cases ?? (short ? fault.times.short : fault.times.full);
    const skipped = fault.lacks?.();
    if (skipped !== undefined) {
      console.log(`${fault.name}: not done, ${skipped}`);
      return { fault, asked, skipped };
    }
    const begun = performance.now();
    const budget = (this.left * fault.seconds) / this.ahead;
    this.ahead -= fault.seconds;
    this.watchdog.watch(`${fault.name}, seed ${seed}`);
    const run: FaultRun = {
      seed,
      times: asked,
      isOver: (done) => {
        this.watchdog.beat(done);
        return performance.now() - begun > budget;
      },
      random: (index) => Random.stream(seed, 'data', index),
      folder: () => {
        const folder = path.join(this.scratch, String(this.folders++));
        fs.mkdirSync(folder);
        return folder;
      },
      log: (line) => console.log(`  ${line}`),
    };
    console.log(`${fault.name}: ${fault.what}; ${asked.toLocaleString('en')} times, seed ${seed}`);
    const outcome = await attempt(fault, run);
    this.watchdog.watch('');
    const took = performance.now() - begun;
    this.left -= took;
    for (const failure of outcome.failures.slice(0, 20)) console.log(`  FAILED: ${failure}`);
    const scaled = outcome.times < asked ? ` of ${asked.toLocaleString('en')}, for the time was over,` : '';
    console.log(
      `  ${outcome.times.toLocaleString('en')}${scaled} in ${(took / 1000).toFixed(1)} s; lost: ${outcome.lost}; ` +
        `recovered: ${outcome.recovered}; longest ${outcome.longest.toFixed(1)} ms${outcome.note ? `; ${outcome.note}` : ''}`,
    );
    return { fault, asked, outcome };
  }

  end(): void {
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }
}

async function attempt(fault: Fault, run: FaultRun): Promise<Outcome> {
  try {
    return await fault.run(run);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { times: 0, lost: 'unknown', recovered: '', longest: 0, failures: [why] };
  }
}

async function main(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  const rows = chosen(options.only);
  if (options.list) {
    for (const { name, what, times } of rows) console.log(`${name} (${times.full.toLocaleString('en')}): ${what}`);
    return 0;
  }
  const { length, 0: cpu } = os.cpus();
  console.log(
    `${new Date().toISOString()}, node ${process.version}, ${process.platform}, ${length} x ${cpu?.model ?? 'unknown'}, ` +
      `load ${os.loadavg()[0]!.toFixed(1)}`,
  );
  const seconds = rows.reduce((sum, fault) => sum + (fault.lacks?.() === undefined ? fault.seconds : 0), 0);
  const runner = new Runner(options, (options.minutes ?? Infinity) * 60_000, seconds);
  const done: Row[] = [];
  try {
    for (const fault of rows) done.push(await runner.run(fault));
  } finally {
    runner.end();
  }
  const text = tableText(done);
  fs.mkdirSync('test/artifacts', { recursive: true });
  fs.writeFileSync('test/artifacts/torture.md', text);
  console.log(`\n${text}`);
  const wrong = done.filter(({ outcome }) => outcome?.failures.length);
  console.log(
    wrong.length
      ? `DID NOT HOLD: ${wrong.map(({ fault }) => fault.name).join(', ')}`
      : `all ${done.length} held${options.minutes ? `, in ${options.minutes} minutes at most` : ''}`,
  );
  return wrong.length ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
