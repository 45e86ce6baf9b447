import { activations } from '../../src/core/models';
import { field, picker } from '../controls/field';
import type { Store } from '../store';

/** The network. */
export function modelSettings(store: Store): unknown[] {
  const { model } = store.experiment!;
  return [
    field(store, ['model', 'hidden'], 'Hidden widths', 'list', 'Widths of the hidden layers, in order'),
    picker(
      'Activation',
      model.activation,
      activations.map((id) => ({ id, title: id })),
      (value) => store.edit({ path: ['model', 'activation'], value }),
    ),
  ];
}
