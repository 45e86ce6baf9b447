import { own } from '../registry/own';
import { InputError } from '../registry/problem';
import type { ImportFormat } from './import';

/** What the other metadata of weights are for. */
const OTHER = 'belongs to the weights';

export const runWeights: ImportFormat = {
  id: 'weights',
  title: 'Weights of a run',
  summary: 'a file of safetensors that the lab wrote: the experiment of the run',
  recognises: ({ metadata }) => metadata !== undefined,
  read({ name, metadata }) {
    const text = metadata && own(metadata, 'experiment');
    if (text === undefined)
      throw new InputError(
        `${name} holds no experiment: its metadata have none, as those of weights that the lab wrote do`,
      );
    let experiment: unknown;
    try {
      experiment = JSON.parse(text);
    } catch {
      throw new InputError(`${name}: the experiment in its metadata is not JSON`);
    }
    const keys = Object.keys(metadata!).slice(0, 1000);
    const note = (key: string, words: string) => ({
      key: key.slice(0, 200),
      value: `${metadata![key]!.length} characters`,
      note: words,
    });
    return {
      name,
      experiment,
      report: {
        used: [note('experiment', 'the experiment that made the weights')],
        unused: keys.filter((key) => key !== 'experiment').map((key) => note(key, OTHER)),
        assumed: [],
        warnings: [],
      },
    };
  },
};
