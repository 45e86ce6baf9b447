import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { schedules } from '../../src/core/schedules';
import { quantiles } from './quantiles';
import { threadClock } from './threadClock';

/** Redraws measured for each number of schedules, and those before them that are not. */
const [REDRAWS, WARM] = [300, 30];

/** Large enough for every chart of the tab to be seen whole. */
const viewport = { width: 1600, height: 1150 };

/** One redraw in milliseconds: the page's own work, and with style, layout and paint until the frame is handed on. */
interface Redraw {
  readonly script: number;
  readonly whole: number;
}

interface Session {
  open(files: Record<string, string>, options: object): Promise<Workbench>;
  closeAll(): Promise<void>;
}

interface Workbench {
  readonly page: Page;
  frame(selector: string): Promise<Frame>;
  runCommand(title: string): Promise<void>;
  close(): Promise<void>;
}

/** Experiments by what is overlaid: families in turn, or tables of 1000 betas that each have a modifier to drag. */
const families = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: schedules[i % schedules.length]!.id, label: `No. ${i}` }));

const table = Array.from({ length: 1000 }, (_, i) => 1e-4 + 2e-5 * i);
const tables = Array.from({ length: 8 }, (_, i) => ({
  id: 'betas',
  label: `No. ${i}`,
  inputs: { table: table.map((beta) => beta * (1 + i / 10)) },
  modifiers: [{ id: 'shift' }],
}));

const cases: readonly [name: string, schedules: readonly object[]][] = [
  ['1 schedule', families(1)],
  ['4 schedules', families(4)],
  ['8 schedules', families(8)],
  ['8 tables of 1000', tables],
];

/**
 * Drags a slider of the first schedule in the lab of a real workbench, with the browser's own mouse, and times each
 * redraw inside the page. The dragged schedule changes in every chart at each step.
 */
export async function run(): Promise<void> {
  const root = process.env.NOPROP_ROOT ?? process.cwd();
  process.env.NOPROP_WORKBENCH_DEV_PATH = root;
  const address = pathToFileURL(path.join(root, 'test/harness/session.mjs')).href;
  const session = (await import(address)) as Session;
  console.log(
    `  ${REDRAWS} redraws each: median / p95 / worst, with style, layout and paint; the script alone; mean cpu of the main thread`,
  );
  try {
    for (const [name, entries] of cases) print(name, await measure(session, entries));
  } finally {
    await session.closeAll();
  }
}

interface Measured {
  readonly redraws: readonly Redraw[];
  /** Milliseconds of the main thread a redraw, on average: the mouse and the workbench around it included. */
  readonly cpu: number;
}

function print(name: string, { redraws, cpu }: Measured): void {
  const text = (values: readonly number[]) => {
    const { median, p95, worst } = quantiles(values);
    return [median, p95, worst].map((value) => value.toFixed(1)).join(' / ');
  };
  const [whole, script] = [redraws.map((one) => one.whole), redraws.map((one) => one.script)];
  console.log(`  ${name.padStart(16)}  ${text(whole)} ms   script ${text(script)} ms   cpu ${cpu.toFixed(1)} ms`);
}

async function measure(session: Session, entries: readonly object[]): Promise<Measured> {
  const file = 'bench.noprop.json';
  const text = JSON.stringify({ ...newExperiment('Bench'), schedules: entries });
  const workbench = await session.open({ [file]: text }, { openFile: file, viewport });
  try {
    const { page } = workbench;
    await page.locator('.monaco-editor .view-lines').first().waitFor();
    await workbench.runCommand('NoProp: Open Lab');
    const lab = await workbench.frame('body[data-page=lab] .chart');
    await workbench.runCommand('View: Close Other Editors in Group');
    await checkVisible(lab);
    await lab.evaluate(watch);
    const slider = lab.locator('[data-schedule="0"] input[type=range]').first();
    const { x, y, width, height } = (await slider.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    let step = 0;
    const drag = async (redraws: number) => {
      while ((await lab.evaluate(counted)) < redraws)
        for (const end = step + 20; step < end; step++) {
          const share = 0.25 + 0.2 * Math.sin(step / 6); // there and back, within what is allowed
          await page.mouse.move(x + share * width, y + height / 2);
          await page.waitForTimeout(20);
        }
    };
    await drag(WARM);
    const clock = await threadClock(page);
    const [first, before] = [await lab.evaluate(counted), await clock()];
    await drag(first + REDRAWS);
    const [last, after] = [await lab.evaluate(counted), await clock()];
    await page.mouse.up();
    return { redraws: (await lab.evaluate(taken)).slice(first, last), cpu: (after - before) / (last - first) };
  } finally {
    await workbench.close();
  }
}

/** An Error where a chart is not whole in view: what is out of sight costs less. */
async function checkVisible(lab: Frame): Promise<void> {
  const hidden = await lab.locator('.chart canvas').evaluateAll(
    (all) =>
      all.filter((canvas) => {
        const { top, bottom, width } = canvas.getBoundingClientRect();
        return top < 0 || bottom > innerHeight || width < 100;
      }).length,
  );
  if (hidden) throw new Error(`${hidden} charts are not whole in view`);
}

type Watched = typeof globalThis & { redraws: Redraw[] };

/** Runs in the page: times every redraw that an input event of a slider brings about. */
function watch(): void {
  const redraws: Redraw[] = [];
  (globalThis as Watched).redraws = redraws;
  let [arrived, began] = [0, 0];
  addEventListener(
    'input',
    () => {
      arrived = performance.now();
      // asked for before the page asks for its frame, so called before it
      requestAnimationFrame(() => (began = performance.now()));
    },
    { capture: true },
  );
  addEventListener('input', () => {
    const handled = performance.now() - arrived;
    requestAnimationFrame(() => {
      const script = handled + performance.now() - began;
      const { port1, port2 } = new MessageChannel();
      // a task that follows the frame: its style, layout and paint are done
      port1.onmessage = () => redraws.push({ script, whole: handled + performance.now() - began });
      port2.postMessage(0);
    });
  });
}

const counted = () => (globalThis as Watched).redraws.length;
const taken = () => (globalThis as Watched).redraws;
