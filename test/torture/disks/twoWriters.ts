import { spawn } from 'node:child_process';
import path from 'node:path';
import { countOf, type Fault, type FaultRun, type Outcome } from '../fault';
import { differences } from '../kills/sameRun';
import { subjectOf } from '../kills/subject';
import { runIn, Saving } from './saving';

const STEPS = 40_000;

const script = path.resolve('dist/cli.js');

/** `noprop resume` of a run: its exit code and what it said. */
const resume = (run: string) =>
  new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = spawn(process.execPath, [script, 'resume', run, '--workers', '1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('close', (code) => resolve({ code, said }));
  });

async function writeTwice(run: FaultRun): Promise<Outcome> {
  const folder = run.folder();
  const failures: string[] = [];
  let [done, refused, longest] = [0, 0, 0];
  const references = new Map<string, string>();
  for (; done < run.times && !run.isOver(done); done++) {
    const { kind, experiment } = subjectOf(folder, done % 4, STEPS);
    const runs = path.join(folder, `runs-${done}`);
    const whole = path.join(folder, `whole-${kind}`);
    if (!references.has(kind)) {
      await new Saving({ experiment, folder: whole, runs: whole }).end();
      references.set(kind, runIn(whole));
    }
    const first = new Saving({ experiment, folder: runs, runs });
    await first.until('the first step', () => first.step > 0);
    const target = runIn(runs);
    const during = await resume(target);
    if (during.code !== 2)
      failures.push(`a second writer beside the first ended with code ${during.code}: ${during.said}`);
    else refused++;
    first.stop();
    const begun = performance.now();
    const both = await Promise.all([resume(target), resume(target)]);
    longest = Math.max(longest, performance.now() - begun);
    const won = both.filter(({ code }) => code === 0).length;
    const lost = both.filter(({ code, said }) => code === 2 && said.length > 0).length;
    refused += lost;
    if (won < 1 || won + lost !== 2)
      failures.push(`two at once ended with ${both.map(({ code, said }) => `${code} ${said}`).join(' | ')}`);
    failures.push(...differences(references.get(kind)!, target).map((what) => `${kind}: ${what}`));
  }
  return {
    times: done,
    lost: countOf(failures.length, 'byte-wise difference or fault'),
    recovered: `${refused} second writers refused in words, ${done} runs ended, the same bytes`,
    longest,
    failures,
  };
}

export const twoWritersFault: Fault = {
  name: 'two-writers',
  what: 'a run in training is resumed from a second process, then killed and resumed from two at once',
  times: { full: 20, short: 1 },
  seconds: 120,
  run: writeTwice,
};
