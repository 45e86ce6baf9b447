import { sweepMethods } from '../core/experiment/fields/sweep';
import { InputError, type Problem } from '../core/registry/problem';
import { readAxisValues, type SweepAxis } from '../core/sweeps/axisText';
import { toNumber } from './arguments';

/** What of a command line says how a sweep is made, as text. */
export interface SweepOptions {
  readonly over?: readonly string[] | undefined;
  readonly method?: string | undefined;
  readonly cells?: string | undefined;
  readonly seeds?: string | undefined;
  readonly factor?: string | undefined;
}

/** One `--over path.to.field=VALUES`. */
function readOver(text: string): SweepAxis {
  const [, path, values] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || values === undefined)
    throw new InputError(`--over takes path.to.field=VALUE,VALUE,… or path.to.field=LOW..HIGH[:log]: got "${text}"`);
  try {
    return { path, ...readAxisValues(values) };
  } catch (error) {
    throw error instanceof InputError ? new InputError(`--over ${path}: ${error.message}`) : error;
  }
}

/** The options of a sweep as settings of the document, each "path=value"; an InputError names the option. */
export function sweepSettings({ over, method, cells, seeds, factor }: SweepOptions): string[] {
  if (method !== undefined && !sweepMethods.some(({ id }) => id === method))
    throw new InputError(`--method must be one of ${sweepMethods.map(({ id }) => id).join(', ')}: got "${method}"`);
  const number = (name: string, text: string | undefined) =>
    text === undefined ? [] : [`sweep.${name}=${toNumber(`--${name}`, text)}`];
  return [
    ...(over ? [`sweep.axes=${JSON.stringify(over.map(readOver))}`] : []),
    ...(method === undefined ? [] : [`sweep.method=${method}`]),
    ...number('cells', cells),
    ...number('seeds', seeds),
    ...number('factor', factor),
  ];
}

/** The option that set what stands at a path of the document. */
export function sweepOptionOf({ over = [] }: SweepOptions, [root, key, axis]: Problem['path']): string {
  if (root !== 'sweep') return '--set';
  if (key !== 'axes') return `--${key}`;
  const name = over[Number(axis)]?.split('=')[0];
  return name === undefined ? '--over' : `--over ${name}`;
}
