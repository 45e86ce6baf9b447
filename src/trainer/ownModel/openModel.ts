import fs from 'node:fs/promises';
import path from 'node:path';
import { writeU, type Denoiser } from '../../core/denoisers';
import { isOwnModel, type OwnModelEntry } from '../../core/denoisers/entry';
import type { Experiment } from '../../core/experiment/experiment';
import type { FlowDenoiser } from '../../core/experiment/experimentFlow';
import type { FileRule } from '../../core/files/filePlaces';
import { InputError, messageOf, withSetting } from '../../core/registry/problem';
import { systemErrorText } from '../../core/registry/systemErrors';
import { formatNumber } from '../../core/text/format';
import { allowedPath, dataPath } from '../files/allowedFile';
import type { ModelLine } from './modelLine';
import { ModelError, type OwnModel } from './modelMessages';
import { findRuntime } from './onnxRuntime';

/**
 * The u of an experiment whose denoiser is a model of the reader, over a line to it; undefined of any other. The file's path is
 * relative to `folder`. An InputError where there is no such file, a FileRefusedError where it must not be run.
 */
export async function openModel(
  { denoiser, start }: Experiment,
  folder: string,
  rule: FileRule,
  line: ModelLine,
): Promise<FlowDenoiser | undefined> {
  if (!isOwnModel(denoiser)) return undefined;
  if (start === 'exact')
    throw new InputError('the exact start needs the law of the data, which a model of yours does not tell: choose another', ['start']); // prettier-ignore
  const model = await modelOf(denoiser, folder, rule);
  return { denoiser: modelU(model, denoiser.prediction, line), d: model.dimension };
}

/** What a model's file must be. */
const KINDS = {
  python: { ending: /\.py$/i, what: 'a file of Python', named: 'a file of Python, .py' },
  onnx: { ending: /\.onnx$/i, what: 'a file of ONNX', named: 'a file of ONNX, .onnx' },
} as const;

async function modelOf(entry: OwnModelEntry, folder: string, rule: FileRule): Promise<OwnModel> {
  // What may be read as data is not for that allowed to be run.
  checkName(entry, entry.file);
  const named = dataPath(folder, entry.file);
  const { what } = KINDS[entry.id];
  try {
    const file = await allowedPath(named, { rule, beside: folder });
    checkName(entry, file);
    const found = await fs.stat(file);
    if (!found.isFile()) throw new InputError(`${named} is no file: set denoiser.file to ${what}`);
    const { dimension, timeout } = entry;
    const model = { file, dimension, timeout, written: found.mtimeMs };
    if (entry.id === 'python') return { ...model, kind: entry.id, function: entry.function };
    const library = await allowedPath(findRuntime([path.dirname(file), folder]), { rule, beside: folder });
    return { ...model, kind: entry.id, library, x: numbersOf(entry.x) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const known = code !== undefined && /^E[A-Z]+$/.test(code);
    const why = known ? new InputError(`${named}: ${systemErrorText(error)}; set denoiser.file to ${what}`) : error;
    throw withSetting(['denoiser', 'file'], why);
  }
}

function checkName({ id }: OwnModelEntry, file: string): void {
  if (!KINDS[id].ending.test(file))
    throw new InputError(`denoiser.file must be ${KINDS[id].named}: got ${file}`, ['denoiser', 'file']);
}

/** Numbers between commas. */
function numbersOf(list: string): number[] {
  const words = list.split(/[\s,;]+/).filter((word) => word !== '');
  return words.map((word) => {
    const value = Number(word);
    if (Number.isNaN(value) && word !== 'NaN')
      throw new InputError(`denoiser.x must be numbers between commas: got ${word}`, ['denoiser', 'x']);
    return value;
  });
}

/** u by what a model gives; each call waits for another process or thread. z and log-SNR are rounded to float32 for it. */
function modelU(model: OwnModel, prediction: OwnModelEntry['prediction'], line: ModelLine): Denoiser {
  return {
    times: 'all',
    external: true,
    denoise(z, n, d, t, logSnr, out) {
      const seen = Float32Array.from(z.subarray(0, n * d));
      const level = Math.fround(logSnr);
      const given = line.ask({ model, n, t, logSnr: level, z: seen });
      try {
        writeU(prediction, given, seen, level, out);
      } catch (error) {
        const place = `t = ${formatNumber(t)} and log-SNR = ${formatNumber(logSnr)}`;
        const name = path.basename(model.file);
        const what = model.kind === 'python' ? `${model.function} of ${name}` : name;
        throw new ModelError(`${what} at ${place}: ${messageOf(error)}`);
      }
    },
  };
}
