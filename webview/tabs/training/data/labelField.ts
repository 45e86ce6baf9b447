import type { nothing } from 'lit';
import { isCsv } from '../../../../src/core/datasets/entry';
import type { ColumnPreview } from '../../../../src/core/datasets/preview/preview';
import { taskOf } from '../../../../src/core/datasets/preview/guessLabel';
import { picker } from '../../../controls/choiceField';
import { settingOf, type SettingTemplate } from '../../../controls/setting';
import { textField } from '../../../controls/textField';
import type { Editing } from '../../../state/editing';
import { columnText } from './columnList';

/** The column that is predicted, chosen from those of the file; a field for its name while these are not known. */
export function labelField(
  editing: Editing,
  columns: readonly ColumnPreview[],
): SettingTemplate | typeof nothing | undefined {
  const { data } = editing.experiment!;
  if (!isCsv(data)) return undefined;
  const title = data.task === 'regression' ? 'Target column' : 'Label column';
  if (!columns.length) return textField(editing, ['data', 'label'], title);
  const rows = columns.map((column) => ({
    id: column.name,
    title: `${column.name} (${column.isLabel ? (column.type === 'class' ? `${column.distinct} classes` : column.type) : column.type})`,
    summary: columnText(column),
  }));
  const unknown = columns.some(({ name }) => name === data.label)
    ? []
    : [{ id: data.label, title: `${data.label} (not in the file)` }];
  const choose = (label: string) => {
    const column = columns.find(({ name }) => name === label);
    if (column) editing.set(['data'], { ...data, label, task: taskOf(column) });
  };
  const parts = { test: 'label-column', field: 'data.label', hint: 'The column that is predicted from the others.' };
  return settingOf(picker(title, data.label, [...unknown, ...rows], choose, parts), ['data', 'label']);
}
