import { parseExperiment } from '../../../src/core/experiment/document';
import { experimentWindow } from '../../../src/core/experiment/experimentFlow';
import { entryLabel, entrySchedule } from '../../../src/core/schedules/entry';
import { validExperiments } from './experiments';
import { jsonText } from './mutation';
import { asText, fuzzFault, Refused } from './reader';

/** Reads the text, and what an experiment is first used for: its schedules, their names and their windows. */
function read(text: string): void {
  const { experiment, problems } = parseExperiment(text);
  for (const { offset, length, line, column } of problems)
    if (!(offset >= 0 && length >= 1 && line >= 1 && column >= 1 && offset <= text.length))
      throw new Error(`a problem has no place: ${offset} + ${length}, ${line}:${column}`);
  if (!experiment) {
    if (!problems.length) throw new Error('no experiment, and no problem');
    throw new Refused(problems[0]!.message);
  }
  experiment.schedules.forEach((entry, index) => {
    entryLabel(entry);
    const { logSnr } = entrySchedule(entry);
    if (Number.isNaN(logSnr(0.5))) throw new Error(`the log-SNR of ${entry.id} is NaN at t = 0.5`);
    experimentWindow(experiment, index);
  });
}

/** Whether it is JSON with what an experiment must have. */
function isPast(text: string): boolean {
  try {
    return typeof (JSON.parse(text.replace(/^\uFEFF/, '')) as { version?: unknown } | null)?.version === 'number';
  } catch {
    return false;
  }
}

export const experimentFault = fuzzFault<string>({
  name: 'experiment',
  what: 'experiments with parts changed, renamed, nested, misspelt or cut are read, and their schedules used',
  seconds: 200,
  short: 400,
  inputs: () => validExperiments().map((value) => JSON.stringify(value)),
  mutate: (mutation, text) => {
    if (mutation.chance(0.05)) return mutation.text(text);
    return jsonText(mutation.json(parsed(text)), mutation);
  },
  read,
  isPast,
  ...asText,
});

/** The value of a text; the text itself where it is no JSON, as some of the corpus are. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return text;
  }
};
