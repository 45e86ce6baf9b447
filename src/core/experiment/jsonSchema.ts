import * as z from 'zod';
import { fieldNotes } from '../registry/field';
import { experimentSchema } from './experiment';

/** The JSON schema of an experiment (draft 7, which VS Code reads), as written by a person: defaults may be left out. */
export const jsonSchema = (): object =>
  z.toJSONSchema(experimentSchema, {
    target: 'draft-7',
    io: 'input',
    override({ zodSchema, jsonSchema: node }) {
      const title = fieldNotes.get(zodSchema)?.title;
      if (title) node.title ??= title;
      // A list of ids says that one of them may stand alone for its object.
      if (!Array.isArray(node.ids)) return;
      node.oneOf?.unshift({ enum: node.ids as string[] });
      delete node.ids;
    },
  });
