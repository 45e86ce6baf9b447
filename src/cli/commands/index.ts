import { check } from './check';
import type { CliCommand } from './command';
import { compare } from './compare';
import { compareModels } from './compareModels';
import { concludeCommand } from './conclude';
import { evaluate } from './evaluate';
import { exportCommand } from './export';
import { importCommand } from './import';
import { list } from './list';
import { mcp } from './mcp';
import { mend } from './mend';
import { predict } from './predict';
import { report } from './report';
import { resume } from './resume';
import { runs } from './runs';
import { schedule } from './schedule';
import { schemaCommand } from './schema';
import { sweep } from './sweep';
import { train } from './train';
import { weights } from './weights';

/** Every command, in the order of the help. */
export const commands: readonly CliCommand[] = [
  list,
  schedule,
  check,
  exportCommand,
  importCommand,
  train,
  sweep,
  runs,
  resume,
  mend,
  evaluate,
  compare,
  compareModels,
  concludeCommand,
  predict,
  report,
  weights,
  schemaCommand,
  mcp,
];

export const usage = (): string =>
  ['Usage:', ...commands.map((row) => `  noprop ${row.usage}\n      ${row.summary}`), ''].join('\n');
