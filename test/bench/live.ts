import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { parseExperiment } from '../../src/core/experiment/document';
import type { Experiment } from '../../src/core/experiment/experiment';
import { TrainerService } from '../../src/trainer/service/trainerService';
import { LabWindow, root, session } from '../harness/pages/window';
import { quantiles } from './quantiles';

/** What may be set by key=value: pairs of slices, seconds of a slice, and trainings that are begun in the page. */
type Options = Partial<Record<'rounds' | 'seconds' | 'starts', string>>;

/** The samples that are trained. */
const SAMPLES = ['moons', 'digits'] as const;

/** More steps than any slice takes. */
const STEPS = 1_000_000;

const samples = path.join(root, 'media/samples');

async function experimentOf(name: string): Promise<Experiment> {
  const { experiment } = parseExperiment(await fs.readFile(path.join(samples, `${name}.noprop.json`), 'utf8'));
  return { ...experiment!, training: { ...experiment!.training, steps: STEPS, patience: 0, checkpoints: 0 } };
}

/** Nanoseconds that each thread of this process has computed, where the system tells (Linux). */
async function threadTimes(): Promise<ReadonlyMap<string, number>> {
  const tasks = '/proc/self/task';
  const ids = await fs.readdir(tasks).catch((): string[] => []);
  const time = async (id: string): Promise<[string, number]> => {
    const text = await fs.readFile(path.join(tasks, id, 'schedstat'), 'utf8').catch(() => '');
    return [id, Number(text.split(' ')[0])];
  };
  return new Map(await Promise.all(ids.map(time)));
}

/** Nanoseconds that the thread has computed since that computed most: the one that trains. NaN where nothing is told. */
async function busiestSince(before: ReadonlyMap<string, number>): Promise<number> {
  const spent = [...(await threadTimes())].map(([id, time]) => time - (before.get(id) ?? 0));
  return spent.length ? Math.max(...spent) : NaN;
}

/** Steps of a slice with its milliseconds, the milliseconds that the training thread computed, and the pictures made. */
interface Slice {
  readonly steps: number;
  readonly milliseconds: number;
  readonly computed: number;
  readonly pictures: number;
}

/** Trains a sample in one thread, in slices in which what it learns is asked for and such in which it is not, by turns. */
async function slicesOf(
  name: string,
  rounds: number,
  seconds: number,
): Promise<readonly [watched: Slice[], alone: Slice[]]> {
  const runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-bench-live-'));
  let last = { step: 0, at: 0 };
  let run: string | undefined;
  const service = new TrainerService(path.join(root, 'dist'), {
    workers: 1,
    onStarted: ({ id }) => (run = path.join(runs, id)),
    onProgress: ({ step }) => (last = { step, at: performance.now() }),
  });
  const ended = service.call('train', [{ experiment: await experimentOf(name), folder: samples, runs }]);
  const later = async (when: () => boolean) => {
    while (!when()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const reported = (after: number) => later(() => last.at > after);
  const slice = async (watched: boolean): Promise<Slice> => {
    await reported(performance.now());
    const [begun, times] = [last, await threadTimes()];
    let pictures = 0;
    while (performance.now() - begun.at < 1000 * seconds) {
      if (!watched) await new Promise((resolve) => setTimeout(resolve, 20));
      else if (await service.call('learned', [run!])) pictures++;
    }
    await reported(performance.now());
    const computed = (await busiestSince(times)) / 1e6;
    return { steps: last.step - begun.step, milliseconds: last.at - begun.at, computed, pictures };
  };
  await later(() => run !== undefined && last.step > 0);
  await slice(true); // what is compiled and read once is not measured
  const [watched, alone]: [Slice[], Slice[]] = [[], []];
  for (let round = 0; round < rounds; round++)
    for (const first of round % 2 ? [true, false] : [false, true]) (first ? watched : alone).push(await slice(first));
  await service.call('stop', []);
  await ended;
  await fs.rm(runs, { recursive: true, force: true });
  return [watched, alone];
}

/** Prints how fast a sample trains with pictures and without, by the clock and by what the training thread computed. */
async function printSpeed(name: string, rounds: number, seconds: number): Promise<void> {
  const [watched, alone] = await slicesOf(name, rounds, seconds);
  const speed = ({ steps, milliseconds }: Slice) => (1000 * steps) / milliseconds;
  const own = ({ steps, computed }: Slice) => (1000 * steps) / computed;
  const ratio = (of: (slice: Slice) => number) => quantiles(watched.map((slice, i) => of(slice) / of(alone[i]!)));
  const text = ({ median, best, worst }: ReturnType<typeof quantiles>) =>
    `${median.toFixed(3)} (${best.toFixed(2)} to ${worst.toFixed(2)})`;
  const pictures = quantiles(watched.map((slice) => (1000 * slice.pictures) / slice.milliseconds));
  const middle = (slices: readonly Slice[]) => quantiles(slices.map(speed)).median.toFixed(0);
  console.log(`  ${name}: ${middle(watched)} steps a second with pictures, ${middle(alone)} without, ${rounds} pairs`);
  console.log(`    with over without: ${text(ratio(speed))} by the clock`);
  if (Number.isFinite(own(alone[0]!)))
    console.log(`    ${text(ratio(own))} by a second that the training thread computes`);
  console.log(`    ${pictures.median.toFixed(1)} pictures a second`);
}

/** How many different steps are shown within some milliseconds. */
const updates = (lab: Page, milliseconds: number) =>
  lab.evaluate(async (length) => {
    type Around = { document: { querySelector(one: string): { textContent: string } | null }; performance: { now(): number }; requestAnimationFrame(then: () => void): void }; // prettier-ignore
    const around = globalThis as unknown as Around;
    const seen = new Set<string>();
    for (const begun = around.performance.now(); around.performance.now() - begun < length;) {
      seen.add(around.document.querySelector('[data-testid=shown-step]')?.textContent ?? '');
      await new Promise<void>((resolve) => around.requestAnimationFrame(resolve));
    }
    return seen.size - 1;
  }, milliseconds);

/** Trains a sample in a window of its own: the seconds from Train to the first picture, and the updates a second. */
async function watch(name: string): Promise<{ readonly first: number; readonly rate: number }> {
  const file = `${name}.noprop.json`;
  const data = await fs.readFile(path.join(samples, `${name}.csv`), 'utf8').catch(() => undefined);
  const files = {
    [file]: JSON.stringify(await experimentOf(name)),
    ...(data !== undefined && { [`${name}.csv`]: data }),
  };
  const window = await LabWindow.open(files, { settings: { 'noprop.workers': 1 } });
  try {
    const lab = await window.lab(file);
    await lab.getByRole('tab', { name: 'Training' }).click();
    const train = lab.getByRole('button', { name: 'Train model', exact: true }).first();
    await train.waitFor();
    const begun = performance.now();
    await train.click();
    await lab.locator('[data-plot=trajectories]').waitFor();
    const first = (performance.now() - begun) / 1000;
    await lab.getByTestId('shown-step').waitFor();
    return { first, rate: (await updates(lab, 5000)) / 5 };
  } finally {
    await window.close();
  }
}

/** Prints how long after Train the first picture is seen, and how many follow. */
async function printPage(name: string, starts: number): Promise<void> {
  const seen: Awaited<ReturnType<typeof watch>>[] = [];
  for (let start = 0; start < starts; start++) seen.push(await watch(name));
  const seconds = seen.map(({ first }) => first.toFixed(2)).join(', ');
  const rate = quantiles(seen.map((one) => one.rate)).median.toFixed(1);
  console.log(`  ${name}: the first picture ${seconds} s after Train, then ${rate} updates a second`);
}

/**
 * Prints what it costs a training to be watched, in slices by turns, and how soon and how often a person sees what it
 * learns. Words: key=value of rounds, seconds and starts.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Options;
  const [rounds, seconds, starts] = [
    Number(options.rounds ?? 12),
    Number(options.seconds ?? 2),
    Number(options.starts ?? 3),
  ];
  for (const name of SAMPLES) await printSpeed(name, rounds, seconds);
  console.log('  in the page:');
  try {
    for (const name of SAMPLES) await printPage(name, starts);
  } finally {
    await (await session()).closeAll();
  }
}
