import * as z from 'zod';
import { experimentSchema } from './experiment';
import { sentence } from './fieldWords';
import { noteOf } from './schemaPath';

/**
 * The JSON schema of an experiment (draft 7, which VS Code reads), as written by a person: defaults may be left out. An
 * editor's descriptions are a sentence; whole ones, for readers who have nothing else, tell symbol, range and default too.
 */
export const jsonSchema = (descriptions: 'sentence' | 'whole' = 'sentence'): object =>
  z.toJSONSchema(experimentSchema, {
    target: 'draft-7',
    io: 'input',
    override({ zodSchema, jsonSchema: node }) {
      const { title, summary, choices } = noteOf(zodSchema);
      if (title) node.title ??= title;
      // Range and default are in the schema itself, and the lab says more of them where it is pointed at.
      if (summary && descriptions === 'sentence') node.description = `${sentence(summary)}.`;
      if (choices && node.enum)
        node.enumDescriptions = node.enum.map((id) => {
          const row = choices.find((one) => one.id === id);
          return row ? `${row.title}: ${row.summary}` : '';
        });
      // A list of ids says that one of them may stand alone for its object.
      if (!Array.isArray(node.ids)) return;
      node.oneOf?.unshift({ enum: node.ids as string[] });
      delete node.ids;
    },
  });
