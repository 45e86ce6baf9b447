import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseExperiment } from '../../src/core/experiment/document';
import { newExperiment } from '../../src/core/experiment/experiment';
import type { Fault, FaultRun, Outcome } from './fault';
import { childScript } from './kills/processes';

/** What the process held after a step, in bytes. */
interface Sample {
  readonly step: number;
  readonly held: number;
  readonly rss: number;
}

/** The part of a soak in which buffers and metrics reach their size; it is left out. */
const WARM_UP = 0.2;

/** Bytes for each million steps that are no leak: a run's metrics and texts. */
const ALLOWED = 2e6;

/** A slope by least squares with its interval of 95 %, for each million steps. */
function slopeOf(samples: readonly Sample[], key: 'held' | 'rss'): { slope: number; half: number } {
  const x = samples.map(({ step }) => step / 1e6);
  const y = samples.map((sample) => sample[key]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  const slope = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) / sxx;
  const rest = y.reduce((sum, value, i) => sum + (value - my - slope * (x[i]! - mx)) ** 2, 0);
  return { slope, half: 1.96 * Math.sqrt(rest / Math.max(1, x.length - 2) / sxx) };
}

const text = ({ slope, half }: { slope: number; half: number }) =>
  `${(slope / 1000).toFixed(1)} ± ${(half / 1000).toFixed(1)} KB`;

async function soak(run: FaultRun): Promise<Outcome> {
  const folder = run.folder();
  const steps = Math.min(10_000_000, run.times);
  const { experiment } = parseExperiment(
    JSON.stringify({
      ...newExperiment('Soak'),
      data: { id: 'two-moons', params: { n: 100 } },
      model: { id: 'ct', hidden: [8] },
      training: { steps, batch: 8 },
      seed: run.seed,
    }),
  );
  const task = JSON.stringify({ experiment, folder, runs: path.join(folder, 'runs') });
  const child = spawn(process.execPath, ['--expose-gc', childScript('soak'), task], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const samples: Sample[] = [];
  let [left, said, longest, heard, stopped] = ['', '', 0, performance.now(), false];
  child.stderr.setEncoding('utf8').on('data', (words: string) => (said += words));
  child.stdout.setEncoding('utf8').on('data', (words: string) => {
    const lines = (left + words).split('\n');
    left = lines.pop()!;
    for (const line of lines) samples.push(JSON.parse(line) as Sample);
    const now = performance.now();
    longest = Math.max(longest, now - heard);
    heard = now;
    if (!stopped && run.isOver(samples.length)) {
      stopped = true;
      child.kill('SIGKILL');
    }
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const last = samples.at(-1)?.step ?? 0;
  const kept = samples.filter(({ step }) => step >= WARM_UP * last);
  if (kept.length < 3)
    return {
      times: last,
      lost: 'too short to tell',
      recovered: '',
      longest,
      failures: stopped || code === 0 ? [] : [`code ${code}: ${said}`],
    };
  const [held, rss] = [slopeOf(kept, 'held'), slopeOf(kept, 'rss')];
  const mostRss = Math.max(...samples.map((sample) => sample.rss));
  const isLong = last >= 1e6; // a short one is all warm-up
  return {
    times: stopped ? last : steps,
    lost: `in use ${text(held)} a million steps, process ${text(rss)}`,
    recovered: `at most ${Math.round(mostRss / 1e6)} MB`,
    longest,
    note: `slopes with their intervals of 95 %, ${kept.length} samples`,
    failures: [
      ...(stopped || code === 0 ? [] : [`it ended with code ${code}: ${said.slice(-300)}`]),
      ...(isLong && held.slope - held.half > ALLOWED ? [`memory grows by ${text(held)} a million steps`] : []),
    ],
  };
}

export const soakFault: Fault = {
  name: 'soak',
  what: 'a small model is trained for so many steps, and its memory measured all the time',
  times: { full: 10_000_000, short: 200_000 },
  seconds: 600,
  run: soak,
};
