import { codeOf, messageOf } from '../../core/registry/problem';
import { ModelError, type ModelAnswer, type ModelQuestion, type OwnModel, type RunningModel } from './modelMessages';
import { OnnxThread } from './onnxThread';
import { PythonProcess, type ProcessOptions } from './pythonProcess';

/** What a model may need to be started. */
export interface StartOptions extends ProcessOptions {
  /** The path of trainer.js. */
  readonly trainer: string;
}

/** How long a model may take to finish an answer that nobody waits for any more, in milliseconds. */
const GRACE = 1000;

/** How long a process waits for the next question, in milliseconds. */
const IDLE = 60_000;

/** Starts the reader's model when it is first asked, and keeps it: to load a large one takes long. */
export class ModelProcesses {
  private running: { readonly key: string; readonly process: RunningModel } | undefined;
  private starting: AbortController | undefined;
  private cancelled = false;
  private timer: NodeJS.Timeout | undefined;

  /** `options` are asked for when a process is started. */
  constructor(private readonly options: () => StartOptions) {}

  /** Questions may come from now on. */
  begin(): void {
    clearTimeout(this.timer);
    this.cancelled = false;
    this.running?.process.hold(true);
  }

  /** No more questions come for now. A cancel ends a process that does not soon finish what it is at. */
  pause(): void {
    clearTimeout(this.timer);
    this.running?.process.hold(false);
    this.timer = setTimeout(() => this.end(), IDLE).unref();
  }

  /** Refuses all questions until the next `begin`; a process that answers one ends, unless it is done soon. */
  cancel(): void {
    this.cancelled = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), GRACE);
  }

  /** Ends the process. */
  end(): void {
    this.starting?.abort();
    this.running?.process.kill();
    this.running = undefined;
  }

  /** What a model answers, or why it does not. */
  async answer(question: ModelQuestion): Promise<ModelAnswer> {
    try {
      if (this.cancelled) throw CANCELLED;
      const given = await (await this.processOf(question.model)).ask(question);
      return { given };
    } catch (error) {
      const { code, message } = this.cancelled ? CANCELLED : { code: codeOf(error), message: messageOf(error) };
      return { code, message };
    }
  }

  private async processOf(model: OwnModel): Promise<RunningModel> {
    const options = this.options();
    const key = JSON.stringify([model, options.python]);
    if (this.running?.key === key && this.running.process.alive) return this.running.process;
    this.running?.process.kill();
    this.running = undefined;
    const starting = new AbortController();
    this.starting = starting;
    const { signal } = starting;
    const process = model.kind === 'onnx' ? await OnnxThread.start(model, options, signal) : await PythonProcess.start(model, options, signal); // prettier-ignore
    this.running = { key, process };
    return process;
  }
}

const CANCELLED = new ModelError('the computation was cancelled', 'cancelled');
