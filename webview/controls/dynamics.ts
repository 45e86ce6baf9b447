import { createDynamics, dynamics, dynamicsFamily } from '../../src/core/dynamics';
import { defaults } from '../../src/core/parameters';
import type { Store } from '../store';
import { parameterFields, picker } from './field';

/** A picker of the dynamics and fields for its parameters; the noise stays on where the new one has any. */
export function dynamicsPicker(store: Store) {
  const { id, noise } = store.experiment!.dynamics;
  const choose = (chosen: string) => {
    const family = dynamicsFamily(chosen);
    const noisy = noise && createDynamics(chosen).noise !== undefined;
    const plain = !noisy && !Object.keys(family.parameters).length;
    const value = plain ? chosen : { id: chosen, params: defaults(family), ...(noisy && { noise }) };
    store.edit({ path: ['dynamics'], value });
  };
  return [
    picker('Dynamics', id, dynamics, choose),
    parameterFields(store, ['dynamics', 'params'], dynamicsFamily(id).parameters),
  ];
}
