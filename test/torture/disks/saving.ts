import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrainTask } from '../../../src/core/runs/record';
import { patient } from '../../harness/pace.mjs';
import { childScript } from '../kills/processes';

/** How long something that must come is waited for, milliseconds on an idle machine. */
const WAIT = 60_000;

/** A process that trains and tells of each save that fails. */
export class Saving {
  readonly child: ChildProcess;
  /** The last step that it told of. */
  step = 0;
  /** What it says of its last save; undefined where that worked. */
  problem: string | undefined;
  private said = '';
  private left = '';
  private code: number | null | undefined;

  /** Under another user where one is given, for whom a folder can be read-only. */
  constructor(task: TrainTask, user?: number) {
    const identity = user === undefined ? {} : { uid: user, gid: user };
    this.child = spawn(process.execPath, [childScript('saver'), JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity,
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.child.once('close', (code) => (this.code = code));
  }

  private hear(text: string): void {
    const lines = (this.left + text).split('\n');
    this.left = lines.pop()!;
    for (const line of lines) {
      const { step, saveProblem } = JSON.parse(line) as { step: number; saveProblem?: string };
      this.step = step;
      this.problem = saveProblem;
    }
  }

  /** Waits until something holds; the milliseconds that took. An Error where it does not come, or the process ends. */
  async until(what: string, holds: () => boolean): Promise<number> {
    const begun = performance.now();
    while (!holds()) {
      if (this.code !== undefined)
        throw new Error(`it ended with code ${this.code} before ${what}: ${this.said.slice(-300)}`);
      if (performance.now() - begun > patient(WAIT))
        throw new Error(`it never came: ${what}; step ${this.step}, ${this.problem}`);
      await sleep(2);
    }
    return performance.now() - begun;
  }

  /** Waits for its end; an Error where it failed. */
  async end(): Promise<void> {
    const begun = performance.now();
    while (this.code === undefined) {
      if (performance.now() - begun > 3 * patient(WAIT))
        throw new Error(`it does not end; step ${this.step}, ${this.problem}`);
      await sleep(5);
    }
    if (this.code !== 0) throw new Error(`it ended with code ${this.code}: ${this.said.slice(-300)}`);
  }

  /** Ends it, where it has not ended. */
  stop(): void {
    if (this.code === undefined) this.child.kill('SIGKILL');
  }
}

/** The one run in a folder of runs. */
export function runIn(runs: string): string {
  const found = fs.readdirSync(runs).filter((name) => fs.existsSync(path.join(runs, name, 'experiment.json')));
  if (found.length !== 1) throw new Error(`there are ${found.length} runs where one is expected`);
  return path.join(runs, found[0]!);
}
