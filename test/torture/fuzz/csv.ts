import fs from 'node:fs';
import { parseCsv, parseRows } from '../../../src/core/datasets/csv';
import { decodeText } from '../../../src/trainer/data/decodeText';
import { asBytes, asText, fuzzFault } from './reader';
import type { Mutation } from './mutation';

const iris = () => fs.readFileSync('media/samples/iris.csv', 'utf8').split('\n').slice(0, 90);

const LABEL = 'species';

/** Files as programs write them. The last column is the label. */
function files(): readonly Uint8Array[] {
  const lines = iris()
    .map((line) => line.trim())
    .filter(Boolean);
  const header = lines[0]!.split(',');
  const few = [[...header.slice(0, -1), LABEL].join(','), ...lines.slice(1, 8), ...lines.slice(55, 62)];
  const comma = few.join('\n');
  const texts = [
    comma,
    few.join('\r\n') + '\r\n',
    comma.replaceAll(',', '\t'),
    comma.replaceAll('.', ',').replace(/,(?=[^,]*$)/gm, ';'),
    few
      .map((line) =>
        line
          .split(',')
          .map((cell) => `"${cell}"`)
          .join(','),
      )
      .join('\n'),
    `colour,${LABEL}\nred,a\nblue,b\nred,a\n,b\nNA,a\n`,
    `x,${LABEL}\n1,2.5\n2,3.5\n3,4.5\n?,1\n`,
    `sep=;\nx;${LABEL}\n1,5;2\n2,5;3\n1,5;2\n4;3\n`,
  ].map(asText.encode);
  const utf16 = Buffer.from(`\uFEFF${comma}`, 'utf16le');
  return [...texts, Uint8Array.from(utf16)];
}

const WORDS = [
  '\n',
  '\r\n',
  ',',
  ';',
  '\t',
  '"',
  '""',
  '1',
  '-',
  '.',
  'e',
  'NA',
  '?',
  '',
  LABEL,
  'x',
  '1,5',
  '\uFEFF',
  'sep=,',
];

function mutate(mutation: Mutation, bytes: Uint8Array): Uint8Array {
  if (mutation.chance(0.3)) return mutation.bytes(bytes);
  return asText.encode(mutation.text(asText.decode(bytes), WORDS));
}

const options = [{}, { missing: 'drop' }, { missing: 'mean' }, { task: 'regression' }] as const;

/** Reads it in each of the ways that an experiment may ask for, and as rows to be labelled. */
function read(bytes: Uint8Array): void {
  const text = decodeText(bytes, 'the data file');
  const errors: Error[] = [];
  for (const option of options) {
    try {
      const { x, labels, features, targets, columns = [] } = parseCsv(text, LABEL, option);
      if (x.length !== labels.length * features.length) throw new TypeError('the table has holes');
      if (targets?.values.some((value) => !Number.isFinite(value))) throw new TypeError('a target is no number');
      parseRows(text, columns, 'mean');
    } catch (error) {
      errors.push(error as Error);
    }
  }
  const worst = errors.find((error) => error.name !== 'InputError') ?? (errors.length === options.length && errors[0]);
  if (worst) throw worst;
}

export const csvFault = fuzzFault<Uint8Array>({
  name: 'csv',
  what: 'CSV files with bytes, cells, separators and quotes changed are read for training and for labelling',
  seconds: 60,
  short: 1500,
  inputs: files,
  mutate,
  read,
  isPast: (_, error) => /^(row \d+|column|the label)/.test(error?.message ?? ''),
  ...asBytes,
});
