import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { FileRefusedError } from '../core/files/filePlaces';
import { isOutOfMemory } from '../core/registry/outOfMemory';
import { CodedError, messageOf } from '../core/registry/problem';
import { endText, memoryText } from '../protocol/memoryText';
import { Link, type Caller, type Handlers } from '../protocol/rpc';
import { trainerThreadSchemas, type TrainerThreadCalls } from '../protocol/toolCalls';
import type { TrainerEvents } from '../protocol/trainerCalls';
import type { FileAccess } from './fileAccess';
import { trainerEventSchemas } from '../protocol/trainerSchemas';
import { asksPython, chosenPython } from './pythonInterpreter';
import { say } from './say';

/** How long the thread lives with nothing to do, in milliseconds. */
const IDLE = 120_000;

/** How long a training may take to keep what it has when VS Code ends, in milliseconds: VS Code waits four seconds. */
const LAST_SAVE = 3500;

/** The trainer's thread, and the link to it. */
interface Thread {
  readonly worker: Worker;
  readonly link: Link<TrainerEvents, TrainerThreadCalls>;
  /** The settings that it was started with. */
  readonly settings: string;
  /** The places that it was told of, as JSON. */
  allowed?: string;
}

/**
 * The trainer's thread: started by the first call, ended when it is idle for long, started again by the next call. A
 * call rejects with the trainer's message, or where the thread ended meanwhile.
 */
export class TrainerClient implements Caller<TrainerThreadCalls>, vscode.Disposable {
  private thread: Thread | undefined;
  /** The calls that are open. */
  private readonly calls = new Set<{ readonly name: keyof TrainerThreadCalls }>();
  private idle: NodeJS.Timeout | undefined;
  /** Whether VS Code ends: no thread is started any more. */
  private closed = false;

  /** `folder` holds trainer.js and its kernels. */
  constructor(
    private readonly folder: string,
    private readonly events: Handlers<TrainerEvents>,
    private readonly files: FileAccess,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  call: Caller<TrainerThreadCalls>['call'] = async (name, args, options) => {
    clearTimeout(this.idle);
    const call = { name };
    this.calls.add(call);
    try {
      if (this.closed) throw new CodedError('closed', say`the extension has ended`);
      const thread = this.running();
      this.allowFiles(thread);
      if (asksPython(args) || (name === 'tool' && args[0] === 'compare')) await this.choosePython(thread);
      return await thread.link.call(name, args, options);
    } catch (error) {
      if (error instanceof FileRefusedError) this.files.refused(error);
      throw error;
    } finally {
      this.calls.delete(call);
      if (!this.calls.size && !this.closed) this.idle = setTimeout(() => void this.stop(), IDLE);
    }
  };

  /** Tells the thread which data files it may read, where it does not know yet. */
  private allowFiles(thread: Thread): void {
    const places = this.files.places();
    const text = JSON.stringify(places);
    if (thread.allowed === text) return;
    thread.allowed = text;
    thread.link.call('allowFiles', [places]).catch((error: unknown) => this.log.debug(messageOf(error)));
  }

  /** Tells the thread which Python runs the models of the reader. */
  private async choosePython({ link }: Thread): Promise<void> {
    await link.call('usePython', [await chosenPython(this.log)]);
  }

  /** The thread that runs, or a new one. */
  private running(): Thread {
    const configuration = vscode.workspace.getConfiguration('noprop');
    const relaxed = configuration.get('relaxedSimd', false);
    const workers = configuration.get('workers', 0);
    const settings = `${relaxed} ${workers}`;
    // A thread keeps its kernels. Other settings start another, once this one has nothing else to do.
    if (this.thread && settings !== this.thread.settings && this.calls.size === 1) void this.stop();
    this.thread ??= { ...this.start(relaxed, workers), settings };
    return this.thread;
  }

  private start(relaxed: boolean, workers: number): Pick<Thread, 'worker' | 'link'> {
    const started = performance.now();
    const workerData = { role: 'service', kernels: this.folder, relaxed, workers };
    const worker = new Worker(path.join(this.folder, 'trainer.js'), { workerData });
    const link = new Link<TrainerEvents, TrainerThreadCalls>((message) => worker.postMessage(message), this.events, {
      local: trainerEventSchemas,
      remote: trainerThreadSchemas,
      onRefused: (why) => this.log.warn(`trainer: ${why}`),
    });
    worker.on('online', () => this.log.debug(`trainer started in ${Math.round(performance.now() - started)} ms`));
    worker.on('message', (message: unknown) => void link.receive(message));
    let why: Error | undefined;
    worker.on('error', (error) => {
      why = error;
      this.log.error(`trainer: ${error.stack ?? error.message}`);
    });
    // What it said is lost, and somebody waits for it.
    worker.on('messageerror', (error) => {
      why = error;
      void worker.terminate();
    });
    worker.on('exit', (code) => {
      if (this.thread?.worker === worker) this.thread = undefined;
      const text = endText('the trainer', code, why);
      if (isOutOfMemory(why))
        link.close(
          memoryText(
            [...this.calls].map(({ name }) => name),
            text,
          ),
          'memory',
        );
      else link.close(text);
    });
    return { worker, link };
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idle);
    const { thread } = this;
    this.thread = undefined;
    await thread?.worker.terminate();
  }

  /** Ends the thread. A training first keeps what it has. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.thread && this.calls.size) {
      const kept = this.thread.link.call('close', ['VS Code was closed or reloaded']).catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([kept, new Promise((resolve) => (timer = setTimeout(resolve, LAST_SAVE)))]);
      clearTimeout(timer);
    }
    await this.stop();
  }

  dispose(): void {
    void this.close();
  }
}
