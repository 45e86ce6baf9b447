import * as z from 'zod';
import { mustBe } from '../../registry/field';

/** The most characters of a configuration that an experiment keeps. */
export const LONGEST_KEPT = 300_000;

/** The configuration that an experiment was made of, as it was: its format's export writes it back with what has changed. */
export const importedField = z
  .looseObject(
    {
      format: z.string(mustBe('format', 'the id of a format')).describe('The format of the configuration'),
      text: z
        .string(mustBe('text', 'the text of the file'))
        .max(LONGEST_KEPT, `text must have at most ${LONGEST_KEPT} characters`)
        .describe('The file as it was'),
      sequenceLength: z
        .int(mustBe('sequenceLength', 'a whole number of at least 1'))
        .min(1, 'sequenceLength must be a whole number of at least 1')
        .optional()
        .describe('The sequence length that was given with it'),
    },
    mustBe('imported', 'an object with format and text'),
  )
  .optional()
  .describe('The configuration that the experiment was imported from: an export of its format keeps the keys');

/** The configuration that an experiment was imported from. */
export interface ImportedFrom {
  readonly format: string;
  readonly text: string;
  readonly sequenceLength?: number | undefined;
}
