import { dataSources, isCsv, isIdx } from '../../../src/core/datasets/entry';
import { defaults } from '../../../src/core/registry/parameters';
import { choiceField } from '../../controls/choiceField';
import { textField, textFields } from '../../controls/textField';
import type { Editing } from '../../state/editing';

const sourceOf = (id: string) => dataSources.find((one) => one.id === id)!;

/** What a source of data asks for. */
function sourceFields(editing: Editing): unknown[] {
  const { data } = editing.experiment!;
  const at = (name: string) => ['data', name];
  if (isCsv(data))
    return [
      textField(editing, at('path')),
      textField(editing, at('label'), data.task === 'regression' ? 'Target column' : undefined),
      choiceField(editing, at('task')),
      choiceField(editing, at('missing')),
    ];
  if (isIdx(data)) return ['images', 'labels'].map((name) => textField(editing, at(name)));
  const row = sourceOf(data.id);
  return 'parameters' in row ? textFields(editing, at('params'), row.parameters) : [];
}

/** The data: its source, what that asks for, and the share kept for testing. */
export function dataSettings(editing: Editing): unknown[] {
  const { testShare } = editing.experiment!.data;
  const choose = (id: string) => {
    const row = sourceOf(id);
    editing.set(['data'], { id, ...('begin' in row ? row.begin : { params: defaults(row) }), testShare });
  };
  return [
    choiceField(editing, ['data'], { label: 'Source', test: 'data', choose }),
    sourceFields(editing),
    textField(editing, ['data', 'testShare']),
  ];
}
