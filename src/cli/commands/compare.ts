import { formatNumber } from '../../core/format';
import { InputError } from '../../core/problem';
import { RUN_KEYS } from '../../protocol/trainer';
import { parse } from '../arguments';
import { openDesk } from '../desk';
import { openExperiment } from '../experimentFile';
import { Progress, toJson, toTable } from '../output';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from '.';

const USAGE = 'compare FILE [--run DIR [--checkpoint N]] [--set path.to.field=value …] [--json]';

/** What a comparison on a run does not read: what the run was trained with, and what only u in closed form needs. */
const IDLE: readonly string[] = [...RUN_KEYS, 'data', 'training', 'denoiser', 'comparison.paths'];

/** An InputError where a setting would change nothing. */
function checkSettings(settings: readonly string[]): void {
  const idle = (setting: string) => IDLE.some((key) => setting.startsWith(`${key}.`) || setting.startsWith(`${key}=`));
  const found = settings.filter(idle).map((setting) => `--set ${setting} does nothing with --run`);
  if (found.length)
    throw new InputError(
      `${found.join('\n')}: a run is compared on its own test rows, with the ${RUN_KEYS.join(', ')} it was trained with`,
    );
}

/** `noprop compare`: the experiment's integrators on u in closed form, or on the test rows of a run. */
export const compare: CliCommand = {
  name: 'compare',
  usage: USAGE,
  summary: 'Error against evaluations for each integrator, on u in closed form or on a run, and the cheapest.',
  async run(args) {
    const { subject, values } = parse(
      args,
      {
        run: { type: 'string' },
        checkpoint: { type: 'string' },
        set: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const settings = values.set ?? [];
    if (values.run !== undefined) checkSettings(settings);
    else if (values.checkpoint !== undefined) throw new InputError('--checkpoint needs --run, the run that it is of');
    const choice = values.run === undefined ? undefined : await readRunChoice(values.run, values.checkpoint);
    const { experiment, folder } = await openExperiment(subject, settings);
    const bar = new Progress();
    const desk = await openDesk({ onComparing: ({ done, total }) => bar.show(done / total, `${done} of ${total}`) });
    const picture = await desk.compare(experiment, folder, choice);
    bar.end();
    if (values.json) return void process.stdout.write(toJson(picture));
    const rows = picture.rows.map(
      ({
        integrator,
        grid,
        steps,
        tolerance,
        rejected,
        evaluations,
        error,
        accuracy,
        milliseconds,
        status,
        reason,
      }) => [
        integrator,
        tolerance === undefined ? grid : `${grid}, ${formatNumber(tolerance)}`,
        rejected ? `${steps} + ${rejected}` : String(steps),
        String(evaluations),
        status === 'done' || status === 'unstable' ? formatNumber(error) : status,
        accuracy === undefined ? '–' : accuracy.toFixed(4),
        formatNumber(milliseconds, 3),
        reason,
      ],
    );
    const head = ['method', 'grid', 'steps', 'evaluations', 'error', 'accuracy', 'ms', ''];
    const grids = new Set(picture.slopes.map(({ grid }) => grid));
    const slopes = picture.slopes.map(
      ({ integrator, grid, order, nominal }) =>
        `${integrator}${grids.size > 1 ? ` (${grid})` : ''}: order ${order === undefined ? '–' : order.toFixed(2)}, nominal ${nominal}\n`,
    );
    const { source, errors } = picture.reference;
    const told = `Reference: ${source}, its own error about ${formatNumber(errors[picture.norm], 2)}.\n`;
    process.stdout.write(
      `${picture.problem}\n${told}\n${toTable([head, ...rows], 2)}\n${slopes.join('')}\n${picture.verdict}\n`,
    );
  },
};
