import { z } from 'zod';
import { experimentSchema } from './experiment';

/** The JSON schema of an experiment (draft 7, which VS Code reads), as written by a person: defaults may be left out. */
export const jsonSchema = (): object => z.toJSONSchema(experimentSchema, { target: 'draft-7', io: 'input' });
