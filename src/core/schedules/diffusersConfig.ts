import { checkValues } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { betas } from './betas';
import { discrete } from './discrete';
import { newEntry, newModifier } from './entry';
import { type ScheduleEntry } from './entrySchema';
import type { ChoiceInput, NumbersInput } from './inputs';
import { readPythonJson } from '../text/pythonJson';
import { checkNumbers, parseNumbers } from './parseNumbers';

/** What a text gives a schedule: all but its label. */
export type TableEntry = Omit<ScheduleEntry, 'label'>;

const table = betas.inputs!.table as NumbersInput;
const rules = (discrete.inputs!.rule as ChoiceInput).options;

/** A scheduler's configuration as diffusers writes it: the keys that say how the betas are made. */
interface Config {
  readonly trained_betas?: unknown;
  readonly beta_schedule?: unknown;
  readonly beta_start?: unknown;
  readonly beta_end?: unknown;
  readonly num_train_timesteps?: unknown;
  readonly rescale_betas_zero_snr?: unknown;
}

/**
 * The schedule of a text: numbers (JSON, CSV, or plain) make a table of betas, a scheduler's configuration of diffusers
 * the table it describes. An InputError names the row or key, its value and what is allowed.
 */
export function parseTable(text: string): TableEntry {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed.startsWith('{')) return configEntry(readPythonJson(trimmed) as Config);
  return tableEntry(parseNumbers(trimmed, table));
}

const tableEntry = (numbers: readonly number[]): TableEntry => {
  const entry = newEntry(betas.id);
  return checked({ ...entry, inputs: { ...entry.inputs, table: numbers } });
};

function configEntry(config: Config): TableEntry {
  const modifiers = config.rescale_betas_zero_snr === true ? [newModifier('zero-terminal-snr')] : [];
  const { trained_betas: trained } = config;
  if (trained !== undefined && trained !== null) {
    if (!Array.isArray(trained)) throw new InputError(`trained_betas must be a list: got ${quoted(trained)}`);
    return { ...tableEntry(checkNumbers(trained, table)), modifiers };
  }
  if (!Object.keys(config).some((key) => key.startsWith('beta_')))
    throw new InputError('this JSON has no trained_betas, beta_schedule, beta_start or beta_end');
  const rule = config.beta_schedule ?? 'linear';
  if (!rules.some(({ id }) => id === rule))
    throw new InputError(
      `unknown beta_schedule ${quoted(rule)}: choose one of ${rules.map(({ id }) => id).join(', ')}`,
    );
  const entry = newEntry(discrete.id);
  const given = { betaStart: config.beta_start, betaEnd: config.beta_end, steps: config.num_train_timesteps };
  const params = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, value === undefined ? entry.params[key]! : (value as number)]),
  );
  return checked({ ...entry, params, inputs: { rule: rule as string }, modifiers });
}

/** The entry where its family takes it. */
function checked(entry: TableEntry): TableEntry {
  const family = entry.id === betas.id ? betas : discrete;
  const [problem] = [...checkValues(family, entry.params), ...(family.checkInputs?.(entry.inputs, entry.params) ?? [])];
  if (problem) throw new InputError(problem.message);
  return entry;
}
