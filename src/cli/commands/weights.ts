import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { namedScores } from '../../core/runs/metrics';
import { parseSeveral } from '../arguments';
import { openTrainer } from '../openTrainer';
import { openExperiment, withWarnings } from '../experimentFile';
import { toJson } from '../../core/text/json';
import { checkOutput, forceOption } from '../outputChoice';
import { readRunChoice } from '../runChoice';
import type { Terminal } from '../terminal';
import type { CliCommand } from './command';

const EXPORT = 'weights export DIR --out FILE [--force] [--checkpoint N]';
const IMPORT = 'weights import FILE EXPERIMENT [--out DIR] [--set path.to.field=value …] [--json]';

/** `noprop weights`: writes a run's weights as safetensors, or makes a run of such a file. */
export const weights: CliCommand = {
  name: 'weights',
  usage: `${EXPORT}\n  noprop ${IMPORT}`,
  summary:
    'export writes the weights of the run in DIR as safetensors; --force replaces the file of --out. import makes a run in DIR (noprop-runs) from a file of ' +
    'weights that fit EXPERIMENT.',
  async run([action, ...args], terminal) {
    if (action === 'export') return exportTo(args, terminal);
    if (action === 'import') return importFrom(args, terminal);
    const given = action === undefined ? 'nothing' : `"${action}"`;
    throw new InputError(
      `weights takes export or import: got ${given}\nUsage: noprop ${EXPORT}\n       noprop ${IMPORT}`,
    );
  },
};

async function exportTo(args: string[], terminal: Terminal): Promise<void> {
  const { positionals, values } = parseSeveral(
    args,
    { out: { type: 'string' }, ...forceOption, checkpoint: { type: 'string' } },
    EXPORT,
    1,
  );
  const [run] = positionals;
  if (run === undefined || !values.out)
    throw new InputError(`${run === undefined ? 'DIR' : '--out'} is missing\nUsage: noprop ${EXPORT}`);
  const choice = await readRunChoice(run, values.checkpoint);
  await checkOutput(values.out, values.force, terminal);
  const trainer = await openTrainer(terminal);
  await trainer.call('exportWeights', [choice, values.out]);
  terminal.print(`${values.out}\n`);
}

async function importFrom(args: string[], terminal: Terminal): Promise<void> {
  const { positionals, values } = parseSeveral(
    args,
    { out: { type: 'string' }, set: { type: 'string', multiple: true }, json: { type: 'boolean' } },
    IMPORT,
    2,
  );
  const [file, positional] = positionals;
  if (file === undefined || positional === undefined)
    throw new InputError(`${file === undefined ? 'FILE' : 'EXPERIMENT'} is missing\nUsage: noprop ${IMPORT}`);
  const { experiment, folder, warnings } = await openExperiment(positional, terminal, { settings: values.set ?? [] });
  const runs = path.resolve(values.out ?? 'noprop-runs');
  const trainer = await openTrainer(terminal);
  const record = await trainer.call('importWeights', [{ experiment, folder, runs }, file]);
  const run = path.join(runs, record.id);
  const scores = namedScores(record);
  if (values.json)
    return terminal.print(
      toJson(
        withWarnings(
          { ...Object.fromEntries(scores.map(([, value, key]) => [key, value])), message: record.message, run },
          warnings,
        ),
      ),
    );
  const text = scores.map(([name, value]) => `${name} ${value.toFixed(4)}`).join(', ');
  terminal.print(`${record.message}: ${text}\n${run}\n`);
}
