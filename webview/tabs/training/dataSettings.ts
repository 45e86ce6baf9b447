import { generators } from '../../../src/core/datasets';
import { missingPolicies, tasks } from '../../../src/core/datasets/columns';
import { isCsv, isIdx } from '../../../src/core/datasets/entry';
import { defaults } from '../../../src/core/registry/parameters';
import { field, idPicker, parameterFields, picker } from '../../controls/field';
import type { Store } from '../../state/store';

const SOURCES = [
  ...generators,
  { id: 'csv', title: 'CSV or TSV file', summary: 'Rows of a file with a header.' },
  { id: 'idx', title: 'IDX images', summary: 'Images and labels in MNIST’s own format, plain or gzip.' },
];

/** What a source that is a file begins with. */
const FILES: Readonly<Record<string, object>> = {
  csv: { path: 'data.csv', label: 'label', task: 'classification', missing: 'refuse' },
  idx: { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz' },
};

/** What a source of data asks for. */
function dataFields(store: Store): unknown {
  const { data } = store.experiment!;
  if (isCsv(data))
    return [
      field(store, ['data', 'path'], 'Path', 'text', 'Relative to the experiment'),
      field(store, ['data', 'label'], data.task === 'regression' ? 'Target column' : 'Label column', 'text'),
      idPicker(store, ['data', 'task'], 'Task', tasks),
      idPicker(store, ['data', 'missing'], 'Missing cells', missingPolicies),
    ];
  if (isIdx(data))
    return [
      field(store, ['data', 'images'], 'Images', 'text', 'IDX file, plain or gzip, relative to the experiment'),
      field(store, ['data', 'labels'], 'Labels', 'text', 'IDX file, plain or gzip, relative to the experiment'),
    ];
  return parameterFields(store, ['data', 'params'], generators.find(({ id }) => id === data.id)?.parameters ?? {});
}

/** The data: its source, what that asks for, and the share kept for testing. */
export function dataSettings(store: Store): unknown[] {
  const { data } = store.experiment!;
  const choose = (id: string) => {
    const row = generators.find((one) => one.id === id);
    const { testShare } = data;
    const value = row ? { id, params: defaults(row), testShare } : { id, ...FILES[id], testShare };
    store.edit({ path: ['data'], value });
  };
  return [
    picker('Source', data.id, SOURCES, choose, 'data'),
    dataFields(store),
    field(store, ['data', 'testShare'], 'Test share', 'number', 'Share of the rows kept for testing'),
  ];
}
