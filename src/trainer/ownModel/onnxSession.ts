import { Console } from 'node:console';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { sigmoid } from '../../core/math/stable';
import { InputError, messageOf } from '../../core/registry/problem';
import type { ModelQuestion, OnnxModel } from './modelMessages';
import { loadRuntime, type RuntimePort, type RuntimeSession, type RuntimeTensor } from './onnxRuntime';

/** What is asked of the thread with a graph. */
export type GraphQuestion = Pick<ModelQuestion, 'n' | 't' | 'logSnr' | 'z'>;

/** What the thread answers: once that it is ready, then numbers; or why not. */
export type GraphAnswer = { readonly ready: true } | { readonly given: Float32Array } | { readonly failure: string };

/** What the package prints goes another way than what it answers. */
export interface GraphPrint {
  readonly printed: string;
}

/** What a graph may ask for, by the names of its inputs. */
type Asked = 'z' | 't' | 'alpha_bar' | 'log_snr' | 'x';

const NAMES: readonly Asked[] = ['z', 't', 'alpha_bar', 'log_snr', 'x'];

/** Loads the graph, and answers at the port. */
export async function serveOnnx(port: MessagePort, model: OnnxModel): Promise<void> {
  const post = (answer: GraphAnswer) => port.postMessage(answer);
  const name = path.basename(model.file);
  globalThis.console = consoleAt(port);
  try {
    const runtime = loadRuntime(model.library);
    const session = await runtime.InferenceSession.create(await readFile(model.file));
    const inputs = inputsOf(session);
    checkInputs(inputs, model);
    const tensor = (data: Float32Array, dims: readonly number[]) => new runtime.Tensor('float32', data, dims);
    port.on('message', (question: GraphQuestion) => {
      void answerOf(session, inputs, model, question, tensor).then(
        (given) => post({ given }),
        (error: unknown) => post({ failure: `${name} failed: ${messageOf(error)}` }),
      );
    });
    post({ ready: true });
  } catch (error) {
    post({ failure: `${name} could not be loaded: ${messageOf(error)}` });
  }
}

/** A console whose lines go to the port: a thread whose own output is read keeps the process from ending. */
function consoleAt(port: MessagePort): Console {
  const lines = new Writable({
    write(chunk, _encoding, done) {
      port.postMessage({ printed: String(chunk).trimEnd() } satisfies GraphPrint);
      done();
    },
  });
  return new Console(lines, lines);
}

const inputsOf = ({ inputMetadata, inputNames }: RuntimeSession): readonly RuntimePort[] =>
  inputMetadata ?? inputNames.map((name) => ({ name, isTensor: true }));

/** An InputError names an input that nobody can give. */
function checkInputs(inputs: readonly RuntimePort[], { x, dimension }: OnnxModel): void {
  for (const { name, type, isTensor, shape } of inputs) {
    if (!(NAMES as readonly string[]).includes(name))
      throw new InputError(`its input ${name} is not known: inputs are called ${NAMES.join(', ')}`);
    if (!isTensor || (type !== undefined && type !== 'float32'))
      throw new InputError(`its input ${name} takes ${type ?? 'no tensor'}: float32 is needed`);
    const width = shape?.at(-1);
    if (name === 'z' && typeof width === 'number' && shape!.length > 1 && width !== dimension)
      throw new InputError(
        `a row of its input z has length ${width}: set denoiser.dimension to that, not ${dimension}`,
      );
    if (name !== 'x') continue;
    if (!x.length) throw new InputError('it has an input x: name its numbers in denoiser.x');
    if (typeof width === 'number' && width !== x.length)
      throw new InputError(`a row of its input x has length ${width}: denoiser.x has ${x.length} numbers`);
  }
  if (!inputs.some(({ name }) => name === 'z')) throw new InputError('it has no input z, the states');
}

/** What the first output gives, n x dimension. */
async function answerOf(
  session: RuntimeSession,
  inputs: readonly RuntimePort[],
  { x, dimension }: OnnxModel,
  { n, t, logSnr, z }: GraphQuestion,
  tensor: (data: Float32Array, dims: readonly number[]) => RuntimeTensor,
): Promise<Float32Array> {
  const single: Record<Exclude<Asked, 'z' | 'x'>, number> = { t, alpha_bar: sigmoid(logSnr), log_snr: logSnr };
  const feed = ({ name, shape }: RuntimePort): RuntimeTensor => {
    if (name === 'z') return tensor(z, [n, dimension]);
    if (name === 'x') return tensor(Float32Array.from({ length: n * x.length }, (_, k) => x[k % x.length]!), [n, x.length]); // prettier-ignore
    // A length that the caller chooses is that of the rows.
    const dims = (shape ?? [1]).map((length) => (typeof length === 'number' && length > 0 ? length : n));
    const count = dims.reduce((product, length) => product * length, 1);
    return tensor(new Float32Array(count).fill(single[name as keyof typeof single]), dims);
  };
  const found = await session.run(Object.fromEntries(inputs.map((port) => [port.name, feed(port)])));
  const output = session.outputNames[0]!;
  const { data, dims } = found[output]!;
  if (data.length !== n * dimension)
    throw new InputError(
      `its output ${output} is ${dims.join(' x ') || 'a single number'} where ${n} x ${dimension} is needed`,
    );
  return Float32Array.from(data, Number);
}
