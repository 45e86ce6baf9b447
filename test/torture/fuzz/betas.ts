import { entrySchedule, newEntry } from '../../../src/core/schedules/entry';
import { tableFromText, withInputText } from '../../../src/core/imports/inputText';
import { asText, fuzzFault } from './reader';

const rows = Array.from({ length: 12 }, (_, k) => 0.001 + k * 0.002);

/** Tables as people paste them. */
const TABLES: readonly string[] = [
  rows.join('\n'),
  rows.join(', '),
  rows.join(' '),
  rows.join(';'),
  JSON.stringify(rows),
  `beta\n${rows.join('\n')}`,
  `step,beta\n${rows.map((beta, k) => `${k},${beta}`).join('\n')}`,
  `"step"\t"Beta"\r\n${rows.map((beta, k) => `${k}\t"${beta}"`).join('\r\n')}\r\n`,
  `\uFEFFindex;betas\n${rows.map((beta, k) => `${k};${beta}`).join('\n')}`,
  [...rows, 1].join('\n'),
];

const WORDS = [
  '\n',
  '\r\n',
  ',',
  ';',
  '\t',
  ' ',
  '"',
  '1',
  '0',
  '-',
  '.',
  'e',
  '0.5',
  '1e-9',
  '[',
  ']',
  'beta',
  'x',
  '\uFEFF',
];

function read(text: string): void {
  const schedule = entrySchedule(tableFromText(text));
  for (const t of [0.1, 0.5, 0.9])
    if (Number.isNaN(schedule.logSnr(t))) throw new Error(`the log-SNR is NaN at t = ${t}`);
  withInputText(newEntry('betas'), 'table', text);
}

export const betasFault = fuzzFault<string>({
  name: 'betas',
  what: 'tables of betas as text, CSV and JSON with parts changed are read and made schedules',
  seconds: 60,
  short: 1500,
  inputs: () => TABLES,
  mutate: (mutation, text) => mutation.text(text, WORDS),
  read,
  // a table that was split into its rows, of which one is refused
  isPast: (_, error) => /^row \d+/.test(error?.message ?? ''),
  ...asText,
});
