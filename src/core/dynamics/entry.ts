import * as z from 'zod';
import { atMost, about, flag, idIs, idOf, mustBe, params, unionOrId, type Known } from '../registry/field';
import { formatNumber } from '../text/format';
import { dynamics, dynamicsFamily } from '.';
import type { Dynamics, DynamicsFamily } from './dynamics';

const DEFAULT = 'noprop-forward';

const dynamicsObject = (family: DynamicsFamily) =>
  z
    .looseObject({
      id: idIs(family),
      params: params(family),
      noise: flag('noise', 'Noise', 'Whether the SDE partner is run, in place of the ODE', false),
    })
    .meta(about(family));

/** The dynamics: an object, or its id alone where the rest has its defaults. */
export const dynamicsField = unionOrId(
  'dynamics',
  dynamics,
  dynamicsObject,
  'dynamics must be an id, or an object with an id',
)
  .prefault(DEFAULT)
  .describe(`The dynamics that carry z from noise to data, or its id alone; default ${DEFAULT}`);

/** The dynamics of an experiment. */
export type DynamicsEntry = Known<z.output<typeof dynamicsField>>;

/** The most dynamics that are drawn beside the chosen one. */
const MOST = 100;

/** The dynamics that are drawn beside the chosen one. */
export const overlaysField = z
  .array(idOf('dynamics', dynamics), mustBe('overlays', 'a list of dynamics'))
  .max(...atMost('overlays', MOST))
  .default(['near-end', 'near-end-rate', 'probability-flow'])
  .describe('The dynamics that the Dynamics tab draws beside the chosen one, at their defaults');

/** The dynamics of a valid entry; parameters its family does not have are left aside. */
export const entryDynamics = ({ id, params }: Pick<DynamicsEntry, 'id' | 'params'>): Dynamics =>
  dynamicsFamily(id).create(params);

/** How pictures name an entry: the family's title with its parameters, and its noise where that is on. */
export function dynamicsLabel({ id, params, noise }: DynamicsEntry): string {
  const { title, parameters } = dynamicsFamily(id);
  const list = Object.entries(parameters).map(([key, row]) => `, ${row.symbol} ${formatNumber(params[key]!)}`);
  return `${title}${list.join('')}${noise ? ', with its noise' : ''}`;
}
