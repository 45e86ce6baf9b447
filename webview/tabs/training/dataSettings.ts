import { dataSources, isCsv, isIdx } from '../../../src/core/datasets/entry';
import { defaults } from '../../../src/core/registry/parameters';
import { choiceField } from '../../controls/choiceField';
import { textField, textFields } from '../../controls/textField';
import { unreadFiles, type UnreadPage } from '../../controls/unreadFiles';
import { iconButton } from '../../elements/icons';
import type { Editing } from '../../state/editing';

const sourceOf = (id: string) => dataSources.find((one) => one.id === id)!;

/** What a source of data asks for. */
function sourceFields(editing: Editing, { ask }: UnreadPage): unknown[] {
  const { data } = editing.experiment!;
  const at = (name: string) => ['data', name];
  const file = (name: string, title: string, extensions: readonly string[]) => {
    const browse = () =>
      void ask('chooseFile', [title, extensions]).then((chosen) => chosen && editing.set(at(name), chosen));
    const button = iconButton('folder-opened', `Choose the file of ${title}`, browse);
    return textField(editing, at(name), undefined, button);
  };
  if (isCsv(data))
    return [
      file('path', 'a table', ['csv', 'tsv', 'txt']),
      textField(editing, at('label'), data.task === 'regression' ? 'Target column' : undefined),
      choiceField(editing, at('task')),
      choiceField(editing, at('missing')),
    ];
  if (isIdx(data)) return ['images', 'labels'].map((name) => file(name, name, ['gz', 'idx', '*']));
  const row = sourceOf(data.id);
  return 'parameters' in row ? textFields(editing, at('params'), row.parameters) : [];
}

/** The data: its source, what that asks for, and the share kept for testing. */
export function dataSettings(editing: Editing, page: UnreadPage): unknown[] {
  const { testShare } = editing.experiment!.data;
  const choose = (id: string) => {
    const row = sourceOf(id);
    editing.set(['data'], { id, ...('begin' in row ? row.begin : { params: defaults(row) }), testShare });
  };
  return [
    choiceField(editing, ['data'], { label: 'Source', test: 'data', choose }),
    sourceFields(editing, page),
    unreadFiles(page),
    textField(editing, ['data', 'testShare']),
  ];
}
