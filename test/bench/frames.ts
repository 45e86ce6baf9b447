import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { schedules } from '../../src/core/schedules';
import { LabWindow, session } from '../harness/pages/window';
import { quantiles } from './quantiles';
import { threadClock } from './threadClock';

/** Frames measured of each kind in each round; rounds alternate, so that a busy moment of the machine meets all kinds. */
const [FRAMES, ROUNDS] = [120, 4];

/** Large enough for every chart of the tab to be seen whole. */
const viewport = { width: 1600, height: 1150 };

/** Milliseconds between two moves of the mouse: as often as a mouse tells of itself. */
const PACE = 8;

/** What a person does while frames are measured: before the first, while they go by, and after the last. */
interface Kind {
  readonly name: string;
  readonly begin?: (page: Page) => Promise<void>;
  readonly act?: (page: Page, step: number) => Promise<void>;
  readonly end?: (page: Page) => Promise<void>;
}

/** Moves the mouse to and fro over an element, 25 % to 65 % of its width. */
async function over(page: Page, selector: string, step: number): Promise<void> {
  const { x, y, width, height } = (await page.locator(selector).first().boundingBox())!;
  await page.mouse.move(x + (0.45 + 0.2 * Math.sin(step / 25)) * width, y + height / 2);
}

const SLIDER = '[data-schedule="0"] input[type=range]';

const kinds: readonly Kind[] = [
  { name: 'idle' },
  { name: 'cursor sweep', act: (page, step) => over(page, '[data-plot="alphaBar"] .plot', step) },
  {
    name: 'drag of a slider',
    async begin(page) {
      await over(page, SLIDER, 0);
      await page.mouse.down();
    },
    act: (page, step) => over(page, SLIDER, step),
    end: (page) => page.mouse.up(),
  },
  {
    name: 'play along t',
    async begin(page) {
      await page.getByRole('tab', { name: 'Dynamics' }).click();
      await page.locator('.study .chart').first().waitFor();
      await page.locator('.study.stale').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Play along t' }).click();
    },
    async end(page) {
      await toSchedules(page);
    },
  },
  {
    name: 'training live',
    async begin(page) {
      await page.getByRole('tab', { name: 'Training' }).click();
      await page.getByRole('button', { name: 'Train model', exact: true }).first().click();
      await page.getByTestId('run-state').filter({ hasText: 'running' }).waitFor();
      await page.getByTestId('shown-step').waitFor();
    },
    async end(page) {
      await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
      await page.getByTestId('run-state').filter({ hasText: 'stopped' }).waitFor();
      await toSchedules(page);
    },
  },
];

async function toSchedules(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Schedules' }).click();
  await page.locator('[data-plot="alphaBar"]').waitFor();
}

/** What was measured of a kind: frames in milliseconds, what the main thread computed, and what there was to draw for. */
interface Measured {
  readonly frames: readonly number[];
  readonly cpu: number;
  readonly events: number;
}

/** Times the frames of the lab with eight schedules while nothing happens, and while a person does what moves much. */
export async function run(): Promise<void> {
  const entries = Array.from({ length: 8 }, (_, i) => ({ id: schedules[i % schedules.length]!.id, label: `No. ${i}` }));
  const file = 'bench.noprop.json';
  // a training that lasts longer than its frames are timed
  const text = JSON.stringify({ ...newExperiment('Bench'), schedules: entries, training: { steps: 1_000_000 } });
  const window = await LabWindow.open({ [file]: text }, { viewport });
  try {
    const lab = await window.lab(file);
    await lab.locator('.chart canvas').first().waitFor();
    const clock = await threadClock(lab);
    const found = new Map<string, Measured[]>(kinds.map(({ name }) => [name, []]));
    for (let round = 0; round <= ROUNDS; round++)
      for (const kind of kinds) {
        const measured = await measure(lab, kind, clock);
        if (round) found.get(kind.name)!.push(measured); // the first warms up
      }
    report(found);
  } finally {
    await window.close();
    await (await session()).closeAll();
  }
}

function report(found: ReadonlyMap<string, readonly Measured[]>): void {
  const framesOf = (name: string) => found.get(name)!.flatMap(({ frames }) => frames);
  const idle = quantiles(framesOf('idle')).p95;
  console.log(`  8 schedules, ${FRAMES * ROUNDS} frames each: milliseconds from one to the next, p50 / p95 / worst`);
  for (const [name, all] of found) {
    const frames = framesOf(name);
    const { median, p95, worst } = quantiles(frames);
    const sum = (key: 'cpu' | 'events') => all.reduce((total, one) => total + one[key], 0);
    const times = [median, p95, worst].map((value) => value.toFixed(1)).join(' / ');
    const events = sum('events') ? `, ${(sum('cpu') / sum('events')).toFixed(1)} ms a move` : '';
    const cpu = `main thread ${(sum('cpu') / frames.length).toFixed(1)} ms a frame${events}`;
    console.log(`  ${name.padStart(16)}  ${times} ms   p95 ${(p95 / idle).toFixed(2)} x idle   ${cpu}`);
  }
}

async function measure(page: Page, { begin, act, end }: Kind, clock: () => Promise<number>): Promise<Measured> {
  await begin?.(page);
  const before = await clock();
  const timed = page.evaluate(timeFrames, FRAMES);
  let done = false;
  void timed.then(() => (done = true));
  for (let step = 0; !done; step++) {
    await act?.(page, step);
    await page.waitForTimeout(PACE);
  }
  const measured = await timed;
  const cpu = (await clock()) - before;
  await end?.(page);
  return { ...measured, cpu };
}

/** Runs in the page: milliseconds from each frame to the next, and how often the mouse moved something meanwhile. */
function timeFrames(count: number): Promise<{ frames: number[]; events: number }> {
  return new Promise((resolve) => {
    const frames: number[] = [];
    let [last, moves, inputs] = [0, 0, 0];
    const move = () => moves++;
    const input = () => inputs++;
    addEventListener('pointermove', move, true);
    addEventListener('input', input, true);
    const frame = () => {
      const now = performance.now();
      if (last) frames.push(now - last);
      last = now;
      if (frames.length < count) return void requestAnimationFrame(frame);
      removeEventListener('pointermove', move, true);
      removeEventListener('input', input, true);
      resolve({ frames, events: inputs || moves });
    };
    requestAnimationFrame(frame);
  });
}
