import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../src/core/math/random';
import type { RunRecord } from '../../../src/core/runs/record';
import { countOf, type FaultRun, type Outcome } from '../fault';
import { listRuns, type Listed } from './listed';
import { differences } from './sameRun';
import { subjectOf, type Subject } from './subject';

/** A training that was started, and can be killed at any moment. */
export interface Started {
  /** Ends what trains without a word, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it has ended by itself, with why it failed where it did. */
  readonly ended: Promise<string | undefined>;
  /** The last step that it told of, where it tells. */
  readonly step?: () => number;
}

/** What trains, and dies. */
export interface Victim {
  /** How often one run is killed, before it is resumed to its end. */
  readonly killsOfARun: number;
  /** Steps of a training. */
  readonly steps: number;
  /** Starts a training in a folder of runs, or goes on with a run in it. */
  start(subject: Subject, runs: string, resume: string | undefined): Promise<Started> | Started;
}

/** What came of all kills. */
interface Tally {
  kills: number;
  runs: number;
  /** Kills before a run's folder held anything. */
  early: number;
  lostSteps: number;
  longest: number;
  readonly failures: string[];
}

/** A whole training: its folder, and how long it took. */
interface Reference {
  readonly run: string;
  readonly milliseconds: number;
}

/** Runs that are killed again and again at seeded moments, resumed, and compared with whole ones of the same seed. */
export async function killAll(run: FaultRun, victim: Victim): Promise<Outcome> {
  const folder = run.folder();
  const references = new Map<string, Reference>();
  const tally: Tally = { kills: 0, runs: 0, early: 0, lostSteps: 0, longest: 0, failures: [] };
  while (tally.kills < run.times && !run.isOver(tally.runs)) {
    const k = tally.runs++;
    const subject = subjectOf(folder, k % 4, victim.steps);
    const reference =
      references.get(subject.kind) ?? (await wholeRun(victim, subject, path.join(folder, `whole-${k}`, 'runs')));
    references.set(subject.kind, reference);
    await killOne(
      run,
      victim,
      { subject, reference, runs: path.join(folder, `killed-${k}`, 'runs'), random: run.random(k) },
      tally,
    );
    fs.rmSync(path.join(folder, `killed-${k}`), { recursive: true, force: true });
  }
  const { kills, runs, early, lostSteps, longest, failures } = tally;
  return {
    times: kills,
    lost: `${countOf(lostSteps, 'saved step')}, ${countOf(failures.length, 'byte-wise difference or fault')}`,
    recovered: `${countOf(runs, 'run')} resumed to the end, the same bytes`,
    longest,
    note: `${early} before the run was there`,
    failures,
  };
}

async function wholeRun(victim: Victim, subject: Subject, runs: string): Promise<Reference> {
  const begun = performance.now();
  const failed = await (await victim.start(subject, runs, undefined)).ended;
  if (failed !== undefined) throw new Error(`a training that nobody killed failed: ${failed}`);
  const [record] = await listRuns(runs);
  return { run: path.join(runs, record!.id), milliseconds: performance.now() - begun };
}

interface OneRun {
  readonly subject: Subject;
  readonly reference: Reference;
  readonly runs: string;
  readonly random: Random;
}

/** One run: killed some times, then trained to its end. */
async function killOne(run: FaultRun, victim: Victim, one: OneRun, tally: Tally): Promise<void> {
  const { subject, reference, runs, random } = one;
  const wrong = (why: string) =>
    tally.failures.push(`run ${tally.runs - 1} (${subject.kind}), kill ${tally.kills}: ${why}`);
  let record: Listed | undefined;
  for (let kills = 0; kills < victim.killsOfARun && tally.kills < run.times; kills++) {
    const started = await victim.start(subject, runs, record?.id);
    const moment = random.uniform() * reference.milliseconds;
    const isOver = await Promise.race([sleep(moment, false), started.ended.then(() => true)]);
    if (isOver) break; // it was done before the moment came
    const before = await savedStep(runs);
    await started.kill();
    tally.kills++;
    const listed = await listRuns(runs);
    record = listed[0];
    if (listed.length > 1) wrong(`there are ${listed.length} runs`);
    if (!record) {
      tally.early++;
      if (before !== undefined) wrong(`nothing is left of a run that had saved step ${before}`);
      continue;
    }
    if (record.state === 'done') break;
    if (record.state !== 'interrupted') wrong(`the run is ${record.problem ?? record.state}`);
    if (record.step < (before ?? 0)) {
      tally.lostSteps += before! - record.step;
      wrong(`step ${before} was saved, and step ${record.step} is kept`);
    }
  }
  const begun = performance.now();
  record = (await listRuns(runs))[0];
  // A kill after the last save leaves a whole run, and what the next training among the runs sweeps.
  const wasWhole = record?.state === 'done';
  if (!wasWhole) {
    const failed = await (await victim.start(subject, runs, record?.id)).ended;
    if (failed !== undefined) wrong(`it was not resumed: ${failed}`);
  }
  tally.longest = Math.max(tally.longest, performance.now() - begun);
  const [last] = await listRuns(runs);
  if (!last) return void wrong('there is no run at the end');
  for (const what of differences(reference.run, path.join(runs, last.id))) wrong(what);
  const left = wasWhole ? [] : leftOver(path.join(runs, last.id));
  if (left.length) wrong(`left over: ${left.join(', ')}`);
}

/** The step of the state that is on disk now. */
async function savedStep(runs: string): Promise<number | undefined> {
  for (const id of fs.existsSync(runs) ? fs.readdirSync(runs) : []) {
    const file = path.join(runs, id, 'run.json');
    const text = await fs.promises.readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as RunRecord).step;
  }
  return undefined;
}

/** Temporary files that nobody swept, and locks that nobody holds. */
const leftOver = (run: string): string[] =>
  fs
    .readdirSync(run, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tmp') || path.basename(name) === 'run.lock');
