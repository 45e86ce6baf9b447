import { norms } from '../core/compare';
import { createGrid, gridFamily } from '../core/grids';
import { finalSteps, integratorIds, integrators, pairOf } from '../core/integrators';
import type { Values } from '../core/registry/parameters';
import { InputError } from '../core/registry/problem';
import { toNumber } from './arguments';

/** The options that say what is compared, each the same as a setting of `comparison`. */
export const comparisonOptions = {
  problem: { type: 'string' },
  methods: { type: 'string' },
  grid: { type: 'string', multiple: true },
  final: { type: 'string' },
  steps: { type: 'string' },
  tolerances: { type: 'string' },
  norm: { type: 'string' },
  aim: { type: 'string' },
  paths: { type: 'string' },
  seeds: { type: 'string' },
} as const;

export const COMPARISON_USAGE =
  '[--problem ID] [--methods ID,…|explicit|adaptive|exponential|sde|all] [--grid ID[:name=value,…|:t,…] …] ' +
  `[--final ${finalSteps.map(({ id }) => id).join('|')},…] [--steps N,…] [--tolerances x,…] [--norm ${norms.map(({ id }) => id).join('|')}] [--aim x] [--paths N] [--seeds N]`;

type OptionValues = { readonly [K in keyof typeof comparisonOptions]?: string | readonly string[] | undefined };

/** The key of `comparison` that an option sets, where it has another name than the option. */
const FIELDS: Readonly<Record<string, string>> = { methods: 'integrators', grid: 'grids', final: 'finals' };

/** Which of the options given set what stands at a path; --set where none did. */
export function optionAt(values: OptionValues, [room, field]: readonly (string | number)[]): string {
  const given = (Object.keys(comparisonOptions) as (keyof OptionValues)[]).filter((key) => values[key] !== undefined);
  const found = room === 'comparison' && given.find((key) => (FIELDS[key] ?? key) === field);
  return found ? `--${found}` : '--set';
}

/** The options as settings, path=value; an InputError names the option, what it was given, and what is allowed. */
export function comparisonSettings(values: OptionValues): string[] {
  const { methods, grid } = values as { readonly methods?: string; readonly grid?: readonly string[] };
  const set = (key: string, value: unknown) => `comparison.${FIELDS[key] ?? key}=${JSON.stringify(value)}`;
  const of = (key: keyof OptionValues, read: (text: string) => unknown) => {
    const text = values[key] as string | undefined;
    return text === undefined ? [] : [set(key, read(text))];
  };
  const number = (option: string) => (text: string) => toNumber(option, text);
  const numbers = (option: string) => (text: string) => text.split(',').map(number(option));
  return [
    ...of('problem', String),
    ...(methods === undefined ? [] : [set('methods', methodIds(methods))]),
    ...(grid?.length ? [set('grid', grid.map(readGrid))] : []),
    ...of('final', (text) => text.split(',')),
    ...of('steps', numbers('--steps')),
    ...of('tolerances', numbers('--tolerances')),
    ...of('norm', String),
    ...(['aim', 'paths', 'seeds'] as const).flatMap((key) => of(key, number(`--${key}`))),
  ];
}

/** Ids of methods, or of all of a kind. */
function methodIds(text: string): string[] {
  return text.split(',').flatMap((word) => {
    if (integratorIds.includes(word)) return [word];
    const found = integrators.filter(
      (row) => word === 'all' || row.kind === word || (word === 'adaptive' && pairOf(row)),
    );
    if (found.length) return found.map(({ id }) => id);
    throw new InputError(
      `--methods: unknown method "${word}": choose from ${integratorIds.join(', ')}, or a kind: explicit, adaptive, exponential, sde, all`,
    );
  });
}

/** A grid as id, id:name=value,name=value, or list:t,t,t. */
function readGrid(text: string): unknown {
  const [id, rest = ''] = text.split(/:(.*)/s) as [string, string?];
  const parts = rest.split(',').filter(Boolean);
  const checked = (params: Values, times?: number[]) => {
    try {
      createGrid(id, params, times);
    } catch (error) {
      throw error instanceof InputError ? new InputError(`--grid: ${error.message}`) : error;
    }
    return times ? { id, times } : { id, params };
  };
  if (gridFamily(id).takes)
    return checked(
      {},
      parts.map((part) => toNumber('--grid', part)),
    );
  const params = parts.map((part) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    if (name === undefined || value === undefined) throw new InputError(`--grid takes id:name=value,…: got "${text}"`);
    return [name, toNumber(`--grid ${id}, ${name}`, value)] as const;
  });
  return checked(Object.fromEntries(params));
}
