import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { formatNumber } from '../../core/text/format';
import { AnswerQueue, lateText } from './answerQueue';
import { ModelError, type ModelQuestion, type OnnxModel, type RunningModel } from './modelMessages';
import type { GraphAnswer, GraphPrint, GraphQuestion } from './onnxSession';

/** What a thread with a graph gets when it starts. */
export interface OnnxThreadData {
  readonly role: 'onnx';
  readonly model: OnnxModel;
}

/** A thread with the reader's graph loaded. It answers one question at a time. */
export class OnnxThread implements RunningModel {
  private readonly answers = new AnswerQueue<GraphAnswer>();

  private constructor(
    private readonly worker: Worker,
    private readonly model: OnnxModel,
    onPrint: (line: string) => void,
  ) {
    worker.on('message', (answer: GraphAnswer | GraphPrint) => {
      if ('printed' in answer) return onPrint(answer.printed);
      this.answers.push(answer);
    });
    worker.on('error', (error) => void this.answers.end(`${this.name} failed: ${error.message}`));
    worker.on('exit', (code) => void this.answers.end(`the thread of ${this.name} ended with exit code ${code}`));
  }

  /** Loads the graph in a thread of the trainer's script. A ModelError says why that cannot be. */
  static async start(
    model: OnnxModel,
    { trainer, onPrint }: { readonly trainer: string; readonly onPrint: (line: string) => void },
    signal: AbortSignal,
  ): Promise<OnnxThread> {
    const workerData: OnnxThreadData = { role: 'onnx', model };
    const worker = new Worker(trainer, { workerData });
    const started = new OnnxThread(worker, model, onPrint);
    const stop = () => started.kill();
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      await started.next('load');
      return started;
    } catch (error) {
      started.kill();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  get alive(): boolean {
    return !this.answers.ended;
  }

  /** What the graph answers, n x d. */
  async ask({ n, t, logSnr, z }: ModelQuestion): Promise<Float32Array> {
    if (this.answers.ended) throw this.answers.ended;
    this.worker.postMessage({ n, t, logSnr, z } satisfies GraphQuestion);
    const answer = await this.next(`answer for ${n} states at t = ${formatNumber(t)}`);
    if (!('given' in answer)) throw new ModelError(`${this.name} did not answer`);
    return answer.given;
  }

  /** Whether this thread keeps the process from ending. */
  hold(wanted: boolean): void {
    if (wanted) this.worker.ref();
    else this.worker.unref();
  }

  /** Ends the thread at once. */
  kill(): void {
    this.answers.end('it was stopped');
    void this.worker.terminate();
  }

  private get name(): string {
    return path.basename(this.model.file);
  }

  /** The next answer; `what` says in the message of a time-out what the thread should have done. */
  private async next(what: string): Promise<GraphAnswer> {
    const { timeout } = this.model;
    const answer = await this.answers.next(timeout, () => {
      this.answers.end(lateText(this.name, what, timeout));
      void this.worker.terminate();
    });
    if ('failure' in answer) throw new ModelError(answer.failure);
    return answer;
  }
}
