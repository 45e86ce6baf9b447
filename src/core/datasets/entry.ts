import * as z from 'zod';
import {
  about,
  choice,
  fieldNotes,
  idIs,
  mustBe,
  parameter,
  params,
  text,
  union,
  type Choice,
  type Known,
} from '../registry/field';
import { generateDataset, generatorOf, generators } from '.';
import { missingPolicies, tasks } from './columns';
import type { Dataset, DatasetGenerator } from './dataset';
import { filePair } from './filePairs';

const testShare = parameter('testShare', {
  title: 'Test share',
  symbol: 'share',
  summary: 'share of the rows kept for testing, the same share of every class',
  default: 0.2,
  min: 0,
  max: 1,
  open: 'both',
  slider: [0.05, 0.5],
  unit: '1',
});

const DEFAULT = 'two-moons';

const generatedObject = (row: DatasetGenerator) =>
  z.looseObject({ id: idIs(row), params: params(row), testShare }).meta(about(row));

/** A data set that is read from files. */
interface FileSource<I extends string> extends Choice<I> {
  /** What a new one begins with, beside its id and test share. */
  readonly begin: object;
}

const csvSource = {
  id: 'csv',
  title: 'CSV or TSV file',
  summary: 'Rows of a CSV or TSV file with a header: a column of labels, the rest numbers or categories.',
  begin: { path: 'data.csv', label: 'label', task: 'classification', missing: 'refuse' },
} as const satisfies FileSource<'csv'>;

const idxSource = {
  id: 'idx',
  title: 'IDX images',
  summary: "Images and labels in MNIST's own format, plain or gzip.",
  begin: { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz' },
} as const satisfies FileSource<'idx'>;

const numpySource = {
  id: 'numpy',
  title: 'NumPy arrays',
  summary: 'x and y from files of NumPy: two of .npy, or one of .npz; x is rows of numbers, or images.',
  begin: { x: 'data.npz', y: 'data.npz', task: 'classification', missing: 'refuse' },
} as const satisfies FileSource<'numpy'>;

const csvObject = z
  .looseObject({
    id: idIs(csvSource),
    path: text('path', 'Path', "the CSV file's path, relative to the experiment's file"),
    label: text('label', 'Label column', 'the name of the column that holds the labels'),
    missing: choice('missing', missingPolicies, 'What becomes of cells without a value', 'refuse', 'Missing cells'),
    task: choice('task', tasks, 'What the label column holds', 'classification'),
    testShare,
  })
  .meta(about(csvSource));

const transpose = z
  .boolean(mustBe('transpose', 'true or false'))
  .register(fieldNotes, {
    title: 'Transposed',
    summary: 'Whether each image is turned over its diagonal, as those of EMNIST must be',
  })
  .optional()
  .describe('Whether each image is turned over its diagonal, as those of EMNIST must be');

const idxObject = z
  .looseObject({
    id: idIs(idxSource),
    images: text('images', 'Images', "the path of the IDX file of images, relative to the experiment's file"),
    labels: text('labels', 'Labels', "the path of the IDX file of labels, relative to the experiment's file"),
    transpose,
    testShare,
  })
  .meta(about(idxSource));

const numpyObject = z
  .looseObject({
    id: idIs(numpySource),
    x: text('x', 'File of x', "the path of the .npy or .npz file of x, relative to the experiment's file"),
    y: text('y', 'File of y', 'the path of the .npy or .npz file of y: that of x where one .npz holds both'),
    missing: choice('missing', missingPolicies, 'What becomes of rows with NaN', 'refuse', 'Missing values'),
    task: choice('task', tasks, 'What y holds', 'classification'),
    transpose,
    testShare,
  })
  .meta(about(numpySource));

/** A data set made from a formula and the experiment's seed. */
export type GeneratedEntry = Known<z.output<ReturnType<typeof generatedObject>>>;
/** A data set read from a file; its path is relative to the experiment's file. */
export type CsvEntry = Known<z.output<typeof csvObject>>;
/** A data set of images, from two files in MNIST's own format; paths are relative to the experiment's file. */
export type IdxEntry = Known<z.output<typeof idxObject>>;
/** A data set of x and y from files of NumPy; paths are relative to the experiment's file. */
export type NumpyEntry = Known<z.output<typeof numpyObject>>;
export type DataEntry = GeneratedEntry | CsvEntry | IdxEntry | NumpyEntry;

type Source = DatasetGenerator | typeof csvSource | typeof idxSource | typeof numpySource;

/** Everything that data can come from, in the order the pickers show. */
export const dataSources: readonly Source[] = [...generators, csvSource, idxSource, numpySource];

const files = { csv: csvObject, idx: idxObject, numpy: numpyObject };

/** Where the data come from. */
export const dataField = union('data set', dataSources, (row) =>
  'begin' in row ? files[row.id] : generatedObject(row),
)
  .prefault({ id: DEFAULT })
  .describe(`What the model learns to classify; default ${DEFAULT}`);

/** The data set of a valid entry by its seed; parameters that its generator does not have are left aside. */
export function generatedDataset({ id, params }: GeneratedEntry, seed: number): Dataset {
  const known = Object.keys(generatorOf(id).parameters);
  return generateDataset(id, Object.fromEntries(Object.entries(params).filter(([key]) => known.includes(key))), seed);
}

/** Whether the data come from a CSV file. */
export const isCsv = (data: DataEntry): data is CsvEntry => data.id === csvSource.id;

/** Whether the data are images in MNIST's own format. */
export const isIdx = (data: DataEntry): data is IdxEntry => data.id === idxSource.id;

/** Whether the data are arrays of NumPy. */
export const isNumpy = (data: DataEntry): data is NumpyEntry => data.id === numpySource.id;

/** The data that have a task and cells without a value of their own choice. */
export const hasTask = (data: DataEntry): data is CsvEntry | NumpyEntry => isCsv(data) || isNumpy(data);

/** How files of data end, as a dialog lists them. */
export const DATA_EXTENSIONS = ['csv', 'tsv', 'txt', 'gz', 'idx', 'npy', 'npz'] as const;

/** How files of images in MNIST's own format are called. */
const IDX_NAME = /idx|ubyte/i;

/** What a new entry of a file begins with, but its test share. */
type Begun = Omit<CsvEntry, 'testShare'> | Omit<IdxEntry, 'testShare'> | Omit<NumpyEntry, 'testShare'>;

/**
 * What a new entry of a file begins with: images where its name is one of MNIST's own kind, arrays where it ends as those
 * of NumPy do, else a table. The other file of a pair is the one that is called alike.
 */
export function fileSource(path: string): Begun {
  const name = path.replace(/^.*[\\/]/, '');
  const folder = path.slice(0, path.length - name.length);
  if (/\.npz$/i.test(name)) return { id: numpySource.id, ...numpySource.begin, x: path, y: path };
  if (/\.npy$/i.test(name)) {
    const { x, y } = filePair(name);
    return { id: numpySource.id, ...numpySource.begin, x: folder + x, y: folder + y };
  }
  if (!IDX_NAME.test(name)) return { id: csvSource.id, ...csvSource.begin, path };
  const [images, labels] = [
    name.replace(/label/i, 'image').replace(/idx1/i, 'idx3'),
    name.replace(/image/i, 'label').replace(/idx3/i, 'idx1'),
  ];
  return { id: idxSource.id, images: folder + images, labels: folder + labels };
}

/** The settings of the data that are paths of files, relative to the experiment's file. */
export const fileKeys = (data: DataEntry): readonly string[] => {
  if (isCsv(data)) return ['path'];
  if (isIdx(data)) return ['images', 'labels'];
  if (isNumpy(data)) return data.x === data.y ? ['x'] : ['x', 'y'];
  return [];
};

/** Whether the data have numbers to predict in place of classes. */
export const isNumeric = (data: DataEntry): boolean =>
  hasTask(data) ? data.task === 'regression' : generators.some(({ id, numeric }) => id === data.id && numeric);
