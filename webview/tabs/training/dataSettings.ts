import { html, nothing, type TemplateResult } from 'lit';
import { DATA_EXTENSIONS, dataSources, isCsv, isIdx, isNumpy } from '../../../src/core/datasets/entry';
import type { DataPreview } from '../../../src/core/datasets/preview/preview';
import { defaults } from '../../../src/core/registry/parameters';
import { choiceField } from '../../controls/choiceField';
import { flagField } from '../../controls/flagField';
import { textField, textFields } from '../../controls/textField';
import { unreadFiles, type UnreadPage } from '../../controls/unreadFiles';
import { icon, iconButton } from '../../elements/icons';
import type { Editing } from '../../state/editing';
import type { Request } from '../../state/host';
import { browse, takeFile } from './data/chosenFile';
import { columnList } from './data/columnList';
import { labelField } from './data/labelField';
import { sentenceOf } from './data/problemText';

/** What the settings of the data use of their page. */
export interface DataSettingsPage extends UnreadPage {
  readonly editing: Editing;
  readonly request: Request;
}

const sourceOf = (id: string) => dataSources.find((one) => one.id === id)!;

/** What is wrong with the data at a setting of theirs, below its field. */
function problemAt(
  { editing }: DataSettingsPage,
  preview: DataPreview | undefined,
  ...path: string[]
): TemplateResult | typeof nothing {
  const key = path.join('.');
  if (preview?.problem?.path.join('.') !== key) return nothing;
  const text = sentenceOf(preview.problem.message, editing.experiment!);
  return html`<p class="error-text" role="alert" data-problem=${key}>${text}</p>`;
}

/** What a source of data asks for. */
function sourceFields(page: DataSettingsPage, preview: DataPreview | undefined): unknown[] {
  const { editing, ask } = page;
  const { data } = editing.experiment!;
  const at = (name: string) => ['data', name];
  const problem = (name: string) => problemAt(page, preview, ...at(name));
  const file = (name: string, title: string, extensions: readonly string[], take: (path: string) => unknown) => {
    const choose = () => void ask('chooseFile', [title, extensions]).then((path) => path && take(path));
    const button = iconButton('folder-opened', `Choose the file of ${title}`, choose);
    return [textField(editing, at(name), undefined, button), problem(name)];
  };
  const taskAndMissing = () => ['task', 'missing'].flatMap((name) => [choiceField(editing, at(name)), problem(name)]);
  if (isCsv(data))
    return [
      file('path', 'a table', DATA_EXTENSIONS, (path) => takeFile(page, path)),
      labelField(editing, preview?.columns ?? []),
      problem('label'),
      taskAndMissing(),
      preview ? columnList(preview) : nothing,
    ];
  if (isNumpy(data))
    return [
      file('x', 'x', ['npy', 'npz'], (path) => takeFile(page, path)),
      file('y', 'y', ['npy', 'npz'], (path) => editing.set(at('y'), path)),
      taskAndMissing(),
      flagField(editing, at('transpose')),
    ];
  if (isIdx(data))
    return [
      ...['images', 'labels'].map((name) =>
        file(name, name, ['gz', 'idx', '*'], (path) => editing.set(at(name), path)),
      ),
      flagField(editing, at('transpose')),
    ];
  const row = sourceOf(data.id);
  return 'parameters' in row
    ? [textFields(editing, at('params'), row.parameters), problemAt(page, preview, 'data')]
    : [];
}

/** The data: their source, what that asks for, and the share kept for testing. */
export function dataSettings(page: DataSettingsPage, preview: DataPreview | undefined): unknown[] {
  const { editing } = page;
  const { testShare } = editing.experiment!.data;
  const choose = (id: string) => {
    const row = sourceOf(id);
    editing.set(['data'], { id, ...('begin' in row ? row.begin : { params: defaults(row) }), testShare });
  };
  return [
    html`<button type="button" class="secondary" data-testid="browse" @click=${() => void browse(page)}>
        ${icon('folder-opened')} Browse…
      </button>
      <p class="about-line">
        A file of your own, or drop one on this page; from the explorer of VS Code hold Shift while you drop it.
      </p>`,
    choiceField(editing, ['data'], { label: 'Source', test: 'data', choose }),
    sourceFields(page, preview),
    unreadFiles(page),
    textField(editing, ['data', 'testShare']),
    problemAt(page, preview, 'data', 'testShare'),
    problemAt(page, preview, 'training', 'validationShare'),
  ];
}
