import { csvText } from '../../text/csv';
import { generatedDataset, isCsv, isIdx, isNumeric, type GeneratedEntry } from '../../datasets/entry';
import type { Experiment } from '../../experiment/experiment';
import { besideName, type ExportedFile } from '../export';

/** Whether the lab makes the data itself: then the rows stand in a file beside the script. */
export const isMade = (data: Experiment['data']): data is GeneratedEntry => !isCsv(data) && !isIdx(data);

/** The name of the column of labels in a file of rows that the lab made. */
const labelOf = (features: readonly string[]): string => (features.includes('label') ? 'class' : 'label');

/** The rows of data that the lab makes, as a CSV file beside the script of this name: every digit is kept. */
export function madeRows({ data, seed }: Experiment, name: string): ExportedFile[] {
  if (!isMade(data)) return [];
  const { x, features, labels, classes, targets } = generatedDataset(data, seed);
  const d = features.length;
  const aims = targets ? targets.names : [labelOf(features)];
  const aimsOf = (i: number) =>
    targets ? Array.from(aims, (_, j) => targets.values[i * aims.length + j]!) : [classes[labels[i]!]!];
  const rows = Array.from(labels, (_, i) => [...x.subarray(i * d, (i + 1) * d), ...aimsOf(i)]);
  return [{ name: besideName(name, '.csv'), content: csvText([[...features, ...aims], ...rows]) }];
}

/** The entry of a CSV file of the rows that the lab makes. */
function madeEntry({ data, seed }: Experiment & { readonly data: GeneratedEntry }, name: string): object {
  const { features, targets } = generatedDataset(data, seed);
  return {
    id: 'csv',
    path: besideName(name, '.csv'),
    label: targets ? targets.names[0] : labelOf(features),
    missing: 'refuse',
    task: isNumeric(data) ? 'regression' : 'classification',
    testShare: data.testShare,
  };
}

/** JSON as a raw string of Python in which lists of numbers stand on one line. No three quotes follow each other in JSON. */
const rawJson = (value: unknown): string =>
  `json.loads(r"""\n${JSON.stringify(value, null, 2).replace(/\[\s+([-+\d.e,\s]+?)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`)}\n""")`;

const CHOOSE = `

def choose(seed, steps):
    """Puts the seed and the number of steps of the command line in place of the experiment's."""
`;

/** The experiment, and what of it the command line may change, as Python. */
export function settingsCode(experiment: Experiment, name: string): string {
  const { data } = experiment;
  const made = isMade(data);
  return [
    `\n# The experiment, with every default spelled out\nEXPERIMENT = ${rawJson(experiment)}\n`,
    'MODEL, TRAINING = EXPERIMENT["model"], EXPERIMENT["training"]\n',
    made
      ? `# The rows that the lab made by the experiment's seed\nDATA = ${rawJson(madeEntry({ ...experiment, data }, name))}\n`
      : 'DATA = EXPERIMENT["data"]\n',
    CHOOSE,
    made
      ? '    if seed not in (None, EXPERIMENT["seed"]):\n        EXPERIMENT["data"] = DATA  # by another seed the lab would make other rows\n'
      : '',
    '    EXPERIMENT["seed"] = EXPERIMENT["seed"] if seed is None else seed\n',
    '    TRAINING["steps"] = steps or TRAINING["steps"]\n',
  ].join('');
}
