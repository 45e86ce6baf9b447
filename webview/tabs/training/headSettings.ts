import { dimensionParameter } from '../../../src/core/experiment/fields/model';
import { isNumeric } from '../../../src/core/datasets/entry';
import { usesSetting } from '../../../src/core/models';
import { choiceField } from '../../controls/choiceField';
import { textField } from '../../controls/textField';
import type { Editing } from '../../state/editing';

/** What stands between the network, the states and the classes; nothing where there are no states, or no classes. */
export function headSettings(editing: Editing): unknown[] {
  const { model, data } = editing.experiment!;
  const plain = model.embedding.id === 'one-hot' && model.prediction === 'regression' && model.readout === 'nearest';
  if (!usesSetting(model.id, 'head') || (isNumeric(data) && plain)) return [];
  const embed = (id: string) =>
    editing.set(['model', 'embedding'], id === 'learned' ? { id, dimension: dimensionParameter.default } : { id });
  return [
    choiceField(editing, ['model', 'embedding'], { choose: embed }),
    textField(editing, ['model', 'embedding', 'dimension']),
    choiceField(editing, ['model', 'prediction']),
    choiceField(editing, ['model', 'readout']),
  ];
}
