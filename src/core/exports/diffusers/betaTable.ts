import { softplus } from '../../math/stable';
import { InputError } from '../../registry/problem';
import { dataFirst } from '../../schedules/betas';
import { entryLabel, entrySchedule } from '../../schedules/entry';
import type { ScheduleEntry } from '../../schedules/entrySchema';
import { part, ROWS, type Part } from './part';

/** The betas of a curve at rows i, t = 1 - (i + 1)/N. An InputError where no table of betas has it. */
function sampledBetas(entry: ScheduleEntry): number[] {
  const { logSnr } = entrySchedule(entry);
  const noise = Array.from({ length: ROWS }, (_, i) => softplus(-logSnr(i === ROWS - 1 ? 0 : 1 - (i + 1) / ROWS)));
  return noise.map((delta, i) => {
    const beta = -Math.expm1((noise[i - 1] ?? 0) - delta);
    if (beta > 0 && (beta < 1 || i === ROWS - 1)) return beta;
    const what = beta === 0 ? 'adds no noise' : 'leaves less signal than a beta can say';
    throw new InputError(`a diffusers table cannot hold ${entryLabel(entry)}: row ${i + 1} of ${ROWS} ${what}`);
  });
}

const ids = ({ modifiers }: ScheduleEntry) => modifiers.map(({ id }) => id).join();

/** The chains of modifiers that the keys of a table can say. */
const CHAINS = ['', 'snr-shift', 'zero-terminal-snr', 'snr-shift,zero-terminal-snr'];

/** A table of betas: in its named form where the lab has that too, else the numbers themselves. */
export function tableKeys(entry: ScheduleEntry): Part {
  const { id, params, inputs } = entry;
  const { steps, betaStart, betaEnd } = params;
  const named = CHAINS.includes(ids(entry)) && (id === 'discrete' || id === 'betas');
  if (!named)
    return part(
      { num_train_timesteps: ROWS, trained_betas: sampledBetas(entry) },
      `the curve of ${entryLabel(entry)} between the ${ROWS} rows of trained_betas`,
    );
  const scale = entry.modifiers.find((one) => one.id === 'snr-shift')?.params.scale;
  const changes = {
    ...(scale !== undefined && { snr_shift_scale: scale }),
    ...(ids(entry).endsWith('zero-terminal-snr') && { rescale_betas_zero_snr: true }),
  };
  const table = inputs.table as readonly number[];
  return part({
    ...(id === 'discrete'
      ? { num_train_timesteps: steps, beta_schedule: inputs.rule, beta_start: betaStart, beta_end: betaEnd }
      : { num_train_timesteps: table.length, trained_betas: dataFirst(table, inputs.direction) }),
    ...changes,
  });
}
