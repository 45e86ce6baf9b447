import fs from 'node:fs/promises';
import path from 'node:path';
import { writeU, type Denoiser } from '../../core/denoisers';
import { isPython, type PythonEntry } from '../../core/denoisers/entry';
import type { Experiment } from '../../core/experiment/experiment';
import type { FlowDenoiser } from '../../core/experiment/experimentFlow';
import type { FileRule } from '../../core/files/filePlaces';
import { InputError, messageOf, withSetting } from '../../core/registry/problem';
import { systemErrorText } from '../../core/registry/systemErrors';
import { formatNumber } from '../../core/text/format';
import { allowedPath, dataPath } from '../files/allowedFile';
import type { ModelLine } from './modelLine';
import { ModelError, type PythonModel } from './modelMessages';

/**
 * The u of an experiment whose denoiser is a model in Python, over a line to it; undefined of any other. The file's path is
 * relative to `folder`. An InputError where there is no such file, a FileRefusedError where it must not be run.
 */
export async function openModel(
  { denoiser, start }: Experiment,
  folder: string,
  rule: FileRule,
  line: ModelLine,
): Promise<FlowDenoiser | undefined> {
  if (!isPython(denoiser)) return undefined;
  if (start === 'exact')
    throw new InputError('the exact start needs the law of the data, which a model in Python does not tell: choose another', ['start']); // prettier-ignore
  const model = await modelOf(denoiser, folder, rule);
  return { denoiser: modelU(model, denoiser.prediction, line), d: model.dimension };
}

async function modelOf(entry: PythonEntry, folder: string, rule: FileRule): Promise<PythonModel> {
  // What may be read as data is not for that allowed to be run.
  checkName(entry.file);
  const named = dataPath(folder, entry.file);
  try {
    const file = await allowedPath(named, { rule, beside: folder });
    checkName(file);
    const found = await fs.stat(file);
    if (!found.isFile()) throw new InputError(`${named} is no file: set denoiser.file to a file of Python`);
    const { function: name, dimension, timeout } = entry;
    return { file, function: name, dimension, timeout, written: found.mtimeMs };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const known = code !== undefined && /^E[A-Z]+$/.test(code);
    const why = known ? new InputError(`${named}: ${systemErrorText(error)}; set denoiser.file to a file of Python`) : error; // prettier-ignore
    throw withSetting(['denoiser', 'file'], why);
  }
}

function checkName(file: string): void {
  if (!/\.py$/i.test(file))
    throw new InputError(`denoiser.file must be a file of Python, .py: got ${file}`, ['denoiser', 'file']);
}

/** u by what a model gives; each call waits for the other process. z and log-SNR are rounded to float32 for it. */
function modelU(model: PythonModel, prediction: PythonEntry['prediction'], line: ModelLine): Denoiser {
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
        throw new ModelError(`${model.function} of ${path.basename(model.file)} at ${place}: ${messageOf(error)}`);
      }
    },
  };
}
