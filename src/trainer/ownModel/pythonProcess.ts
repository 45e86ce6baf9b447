import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';
import { quoted } from '../../core/registry/quoted';
import { systemErrorText } from '../../core/registry/systemErrors';
import { formatNumber } from '../../core/text/format';
import { AnswerQueue, lateText } from './answerQueue';
import { FrameReader, numbersOf, questionBytes, type Frame } from './frames';
import { interpretersOf, missingText, type Interpreter } from './interpreters';
import { ModelError, type ModelQuestion, type PythonModel, type RunningModel } from './modelMessages';

/** The lines of standard error that a message of a death quotes, and the longest line that is passed on. */
const [QUOTED_LINES, LONGEST_LINE] = [5, 2000];

export interface ProcessOptions {
  /** The path of ownModel.py. */
  readonly script: string;
  /** The interpreter that the reader chose. */
  readonly python?: string | undefined;
  /** Gets each line that the file prints. */
  readonly onPrint: (line: string) => void;
}

/** A process of Python with the reader's function loaded. It answers one question at a time. */
export class PythonProcess implements RunningModel {
  private readonly reader = new FrameReader();
  private readonly frames = new AnswerQueue<Frame>();
  private readonly lastLines: string[] = [];

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly model: PythonModel,
    private readonly interpreter: Interpreter,
    onPrint: (line: string) => void,
  ) {
    child.stdout.on('data', (piece: Buffer) => this.take(piece));
    child.stdin.on('error', () => undefined); // the end of the process tells
    createInterface({ input: child.stderr }).on('line', (line) => {
      const shown = line.slice(0, LONGEST_LINE);
      this.lastLines.push(shown);
      if (this.lastLines.length > QUOTED_LINES) this.lastLines.shift();
      onPrint(shown);
    });
    const stop = () => void child.kill('SIGKILL');
    process.once('exit', stop);
    child.on('close', (code, signal) => {
      process.off('exit', stop);
      this.frames.end(this.deathText(code, signal));
    });
  }

  /** Starts the first interpreter that there is, and loads the file. A ModelError says why that cannot be. */
  static async start(
    model: PythonModel,
    { script, python, onPrint }: ProcessOptions,
    signal: AbortSignal,
  ): Promise<PythonProcess> {
    const all = interpretersOf(python);
    for (const interpreter of all) {
      const child = await spawned(interpreter, script, model);
      if (!child) continue;
      const started = new PythonProcess(child, model, interpreter, onPrint);
      const stop = () => started.kill();
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      try {
        // A stand-in for Python, as Windows has one, ends at once: then there may be another.
        const first = await started.next('start').catch((error: unknown) => {
          if (started.child.exitCode === null || interpreter === all.at(-1)) throw error;
          return undefined;
        });
        if (!first) continue;
        const loaded = first.kind === 'started' ? await started.next('load') : first;
        if (loaded.kind !== 'loaded') throw started.failure(loaded, `${path.basename(model.file)} could not be loaded`);
        return started;
      } catch (error) {
        started.kill();
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    }
    throw new ModelError(missingText(python));
  }

  get alive(): boolean {
    return !this.frames.ended;
  }

  /** What the function answers, n x d. After a ModelError the process may have ended. */
  async ask(question: ModelQuestion): Promise<Float32Array> {
    const { n, z, t } = question;
    if (this.frames.ended) throw this.frames.ended;
    this.child.stdin.write(questionBytes(question));
    const frame = await this.next(`answer for ${n} states at t = ${formatNumber(t)}`);
    const { function: name, file } = this.model;
    if (frame.kind !== 'answer') throw this.failure(frame, `${name} of ${path.basename(file)} failed`);
    if (frame.content.length !== 4 * z.length) throw this.garbage(frame.content);
    return numbersOf(frame.content);
  }

  /** Whether this process keeps ours from ending. */
  hold(wanted: boolean): void {
    const { child } = this;
    const streams = [child.stdin, child.stdout, child.stderr] as unknown as Socket[];
    for (const one of [child, ...streams]) if (wanted) one.ref();
      else one.unref(); // prettier-ignore
  }

  /** Ends the process at once. */
  kill(): void {
    this.frames.end('it was stopped');
    this.child.kill('SIGKILL');
  }

  private take(piece: Buffer): void {
    const { frames, garbage } = this.reader.take(piece);
    if (garbage) this.garbage(garbage);
    this.frames.push(...frames);
  }

  /** The next answer; `what` says in the message of a time-out what the process should have done. */
  private next(what: string): Promise<Frame> {
    const { timeout, file } = this.model;
    return this.frames.next(timeout, () => {
      this.frames.end(lateText(path.basename(file), what, timeout));
      this.child.kill('SIGKILL');
    });
  }

  /** Ends the process, for it says what no answer is. */
  private garbage(bytes: Buffer): ModelError {
    const said = quoted(bytes.subarray(0, 60).toString('latin1'));
    const error = this.frames.end(`${this.interpreter.join(' ')} does not answer as a Python does, but: ${said}`);
    this.child.kill('SIGKILL');
    return error;
  }

  private failure({ kind, content }: Frame, what: string): ModelError {
    return kind === 'failure' ? new ModelError(`${what}:\n${content.toString('utf8')}`) : this.garbage(content);
  }

  private deathText(code: number | null, signal: NodeJS.Signals | null): string {
    const said = this.lastLines.length ? `\n${this.lastLines.join('\n')}` : '';
    const how = signal ? `by the signal ${signal}` : `with exit code ${code}`;
    return `Python ended ${how} before ${path.basename(this.model.file)} had answered${said ? `; its last words:${said}` : ''}`;
  }
}

/** The interpreter on the script and the model; undefined where there is no such program. */
function spawned(
  [program, ...args]: Interpreter,
  script: string,
  { file, function: name, dimension }: PythonModel,
): Promise<ChildProcessWithoutNullStreams | undefined> {
  const child = spawn(program, [...args, script, file, name, String(dimension)], {
    cwd: path.dirname(file),
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '1' },
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(undefined);
      else reject(new ModelError(`${program} could not be started: ${systemErrorText(error)}`));
    });
  });
}
