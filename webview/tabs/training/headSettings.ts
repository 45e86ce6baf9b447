import { dimensionParameter } from '../../../src/core/experiment/fields/model';
import { isNumeric } from '../../../src/core/datasets/entry';
import { embeddings, predictions, readouts, usesSetting } from '../../../src/core/models';
import { idPicker, parameterField, picker } from '../../controls/field';
import type { Store } from '../../state/store';

/** What stands between the network, the states and the classes; nothing where there are no states, or no classes. */
export function headSettings(store: Store): unknown[] {
  const { model, data } = store.experiment!;
  const plain = model.embedding.id === 'one-hot' && model.prediction === 'regression' && model.readout === 'nearest';
  if (!usesSetting(model.id, 'head') || (isNumeric(data) && plain)) return [];
  const embed = (id: string) => {
    const value = id === 'learned' ? { id, dimension: dimensionParameter.default } : { id };
    store.edit({ path: ['model', 'embedding'], value });
  };
  return [
    picker('Embedding', model.embedding.id, embeddings, embed),
    model.embedding.id === 'learned'
      ? parameterField(store, ['model', 'embedding', 'dimension'], dimensionParameter)
      : [],
    idPicker(store, ['model', 'prediction'], 'Prediction', predictions),
    idPicker(store, ['model', 'readout'], 'Read-out', readouts),
  ];
}
