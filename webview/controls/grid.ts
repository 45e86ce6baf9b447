import { gridFamily, grids } from '../../src/core/grids';
import { defaults } from '../../src/core/parameters';
import type { Store } from '../store';
import { field, forget, parameterFields, picker } from './field';

/** The times that a grid of given ones begins with. */
const TIMES = [0, 0.25, 0.5, 0.75, 1];

/** A picker of the step grid and fields for its parameters, or for its times. */
export function gridPicker(store: Store) {
  const { id } = store.experiment!.grid;
  const choose = (chosen: string) => {
    const { parameters, takes } = gridFamily(chosen);
    const params = Object.keys(parameters).length ? { params: defaults({ parameters }) } : {};
    const value = { id: chosen, ...params, ...(takes && { times: TIMES }) };
    forget(store, 'grid');
    store.edit({ path: ['grid'], value: Object.keys(value).length > 1 ? value : chosen });
  };
  return [
    picker('Grid', id, grids, choose),
    parameterFields(store, ['grid', 'params'], gridFamily(id).parameters),
    gridFamily(id).takes ? field(store, ['grid', 'times'], 'Times', 'list', 'Ascending, from 0 to 1') : [],
  ];
}
