import fs from 'node:fs/promises';
import path from 'node:path';
import { conclude } from '../../core/conclusion/conclude';
import { commonLogSnr } from '../../core/conclusion/matchedLogSnr';
import { otherSchedules } from '../../core/conclusion/otherSchedules';
import { entryLabel, entrySchedule } from '../../core/schedules/entry';
import { InputError } from '../../core/registry/problem';
import { testRowsText } from '../../core/runs/testRows';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';
import type { ConclusionChoice } from '../../protocol/trainerCalls';
import type { RunConclusion } from '../../core/conclusion/conclusion';
import { writeAtomically } from '../runs/writeAtomically';
import { samplerOf } from '../training/models';
import type { OpenRun } from '../runs/openRun';
import type { Examples } from '../data/examples';
import { requirePath } from '../../core/sampling/sampler';
import { startStates } from '../sampling/simulate';
import { yieldTurn } from './yielder';

/** The file of the result in a run's folder. */
const FILE = 'conclusion.json';

/** The step counts where none are chosen. */
const STEPS = [2, 4, 8, 16, 32, 64];

/**
 * Tests the note's conclusion on examples of a run, under its own schedule and two others, and writes the result to the
 * run's folder. An InputError where the run is of another model. Throws with code "cancelled" on a cancel.
 */
export async function testConclusion(
  run: string,
  { model, record, experiment }: OpenRun,
  examples: Examples,
  { schedules: given, steps = STEPS }: ConclusionChoice,
  context: CallContext<TaskProgress>,
): Promise<RunConclusion> {
  const { name, seed, step } = record;
  if (experiment.model.id !== 'ct')
    throw new InputError(
      `the note's conclusion is tested on u(z, x, t) of model ct: ${name} is of model ${experiment.model.id}`,
    );
  if (record.data.targets)
    throw new InputError(
      `the note's conclusion is tested by accuracy, and the data of ${name} have numbers to predict`,
    );
  const own = experiment.schedules[0]!;
  const entries = [own, ...otherSchedules(own, given ?? experiment.schedules.slice(1))];
  const schedules = entries.map((entry) => ({ label: entryLabel(entry), schedule: entrySchedule(entry) }));
  const limit = experiment.window.logSnr;
  const method = { dynamics: { id: 'noprop-forward', params: {}, noise: false }, integrator: 'euler' };
  const sampler = requirePath(samplerOf(experiment, method), 'there is no conclusion to test');
  const logSnr = commonLogSnr(schedules, limit)[0];
  const z0 = startStates(model, { ...sampler, place: { logSnr } }, examples);
  const { n } = examples;
  const second = experiment.integrator.id === 'euler' ? 'heun' : experiment.integrator.id;
  const bound = model.bind(examples.x.rows(0, n), n);
  try {
    const right = (z: Float64Array) =>
      Uint8Array.from(model.read(z).labels, (label, i) => {
        const state = z.subarray(i * model.m, (i + 1) * model.m);
        return Number(label === examples.labels[i] && state.every(Number.isFinite));
      });
    const problem = { denoiser: bound, schedules, limit, methods: ['euler', second], steps, z0, n, d: model.m, right };
    const work = conclude(problem);
    for (;;) {
      const { done, value } = work.next();
      if (done) {
        const rows = testRowsText(n, record.data.testRows);
        const text = `${name}, run of seed ${seed} after ${step} steps; ${rows} from one start each; steps uniform in t.`;
        const result = { problem: text, step, ...value };
        await writeAtomically(path.join(run, FILE), JSON.stringify(result) + '\n');
        return result;
      }
      context.progress({ done: value.done, total: value.total });
      await yieldTurn(context, `the test was cancelled after ${value.done} of ${value.total} parts`);
    }
  } finally {
    bound.dispose();
  }
}

/** The result in a run's folder; undefined where there is none. */
export async function readConclusion(run: string): Promise<RunConclusion | undefined> {
  const text = await fs.readFile(path.join(run, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const result = JSON.parse(text) as RunConclusion;
  // JSON has null in place of NaN
  return { ...result, gaps: result.gaps.map((row) => ({ ...row, gap: row.gap.map((gap) => gap ?? NaN) })) };
}
