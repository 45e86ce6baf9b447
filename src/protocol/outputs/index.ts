import * as z from 'zod';
import { check } from './check';
import { compare } from './compare';
import { compareModels } from './compareModels';
import { conclude } from './conclude';
import { evaluate } from './evaluate';
import { importOutput } from './import';
import { list } from './list';
import { predict } from './predict';
import { report } from './report';
import { runs } from './runs';
import { schedule } from './schedule';
import { sweep } from './sweep';
import { train, trainedRun } from './train';
import { weights } from './weights';

/** What each command of the terminal prints with --json, by the command's name. */
export const outputs: Readonly<Record<string, z.ZodType>> = {
  list,
  schedule,
  check,
  import: importOutput,
  train,
  sweep,
  resume: trainedRun,
  evaluate,
  compare,
  'compare-models': compareModels,
  conclude,
  predict,
  weights,
  report,
  runs,
};

/** The JSON schema (draft 7) of a result. */
export const schemaOf = (type: z.ZodType, title: string): object => {
  const { $schema, ...rest } = z.toJSONSchema(type, { target: 'draft-7' });
  return { $schema, title, ...rest };
};

/** The JSON schema of what a command prints with --json; undefined where it prints none. */
export const outputSchema = (command: string): object | undefined =>
  Object.hasOwn(outputs, command) ? schemaOf(outputs[command]!, `The result of noprop ${command} --json`) : undefined;
