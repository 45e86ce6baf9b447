import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { Link, type Message } from '../protocol/rpc';
import type { TrainerCalls, TrainerEvents } from '../protocol/trainer';

/** How long the thread lives with nothing to do, in milliseconds. */
const IDLE = 120_000;

/** The trainer's thread: started by the first call, stopped when idle, started again after it ended. */
export class Trainer implements vscode.Disposable {
  private worker: Worker | undefined;
  private link: Link<TrainerEvents, TrainerCalls> | undefined;
  private settings = '';
  private calls = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    private readonly events: TrainerEvents,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Calls the trainer; rejects with its message, or where its thread ended meanwhile. */
  async call<K extends keyof TrainerCalls>(
    name: K,
    ...args: Parameters<TrainerCalls[K]>
  ): Promise<ReturnType<TrainerCalls[K]>> {
    clearTimeout(this.idle);
    this.calls++;
    try {
      return await this.open().call(name, ...args);
    } finally {
      if (!--this.calls) this.idle = setTimeout(() => void this.stop(), IDLE);
    }
  }

  private open(): Link<TrainerEvents, TrainerCalls> {
    const configuration = vscode.workspace.getConfiguration('noprop');
    const [relaxed, workers] = [configuration.get('relaxedSimd', false), configuration.get('workers', 0)];
    const settings = `${relaxed} ${workers}`;
    // a thread keeps its kernels: other settings start another, once this one has nothing else to do
    if (this.link && settings !== this.settings && this.calls === 1) void this.stop();
    if (this.link) return this.link;
    this.settings = settings;
    const started = performance.now();
    const workerData = { role: 'desk', kernels: this.folder, relaxed, workers };
    const worker = new Worker(path.join(this.folder, 'trainer.js'), { workerData });
    const link = new Link<TrainerEvents, TrainerCalls>((message) => worker.postMessage(message), this.events);
    worker.on('online', () => this.log.debug(`trainer started in ${Math.round(performance.now() - started)} ms`));
    worker.on('message', (message: Message) => void link.receive(message));
    worker.on('error', (error) => this.log.error(`trainer: ${error.stack ?? error.message}`));
    worker.on('exit', (code) => {
      link.close(`the trainer ended with code ${code}: see NoProp: Show Log`);
      if (this.worker === worker) [this.worker, this.link] = [undefined, undefined];
    });
    [this.worker, this.link] = [worker, link];
    return link;
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    [this.worker, this.link] = [undefined, undefined];
    await worker?.terminate();
  }

  /** Ends the thread; a training first keeps what it has. */
  async close(): Promise<void> {
    if (this.link && this.calls) {
      const kept = this.link.call('stop').catch(() => undefined);
      await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, 1000))]);
    }
    await this.stop();
  }

  dispose(): void {
    void this.close();
  }
}
