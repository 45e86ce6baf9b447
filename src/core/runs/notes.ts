import * as z from 'zod';
import { lineText, terminalText } from '../text/plainText';

/** What a person says of a run. It is kept beside the run, in a file that training never writes. */
const schema = z.looseObject({
  /** What the run is called in place of its experiment's name. */
  title: z.string().max(200).optional(),
  /** Whether it stands before all others. */
  pinned: z.boolean().optional(),
  note: z.string().max(10_000).optional(),
  tags: z.array(z.string().max(60)).max(50).readonly().optional(),
});

export type RunNotes = Readonly<z.output<typeof schema>>;

/** A change of notes; what is null or empty goes. */
export type NotesChange = Readonly<{ [K in 'title' | 'pinned' | 'note' | 'tags']?: RunNotes[K] | null }>;

/** The notes in the text of their file; undefined where it holds none. */
export function parseNotes(text: string): RunNotes | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The tags in a text, between commas: each once, in order. */
export const readTags = (text: string): string[] => [
  ...new Set(text.split(',').map((tag) => lineText(tag).slice(0, 60)).filter(Boolean)), // prettier-ignore
];

/** Notes after a change. Keys that a later version may add are kept. */
export function changedNotes(before: RunNotes, change: NotesChange): RunNotes {
  const plain = {
    ...change,
    ...(typeof change.title === 'string' && { title: lineText(change.title).slice(0, 200) }),
    ...(typeof change.note === 'string' && { note: terminalText(change.note).trim().slice(0, 10_000) }),
  };
  const isEmpty = (value: unknown) =>
    value === null || value === undefined || value === '' || value === false || (Array.isArray(value) && !value.length);
  return Object.fromEntries(Object.entries({ ...before, ...plain }).filter(([, value]) => !isEmpty(value)));
}
