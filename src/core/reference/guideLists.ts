import { generators } from '../datasets';
import { missingPolicies, tasks } from '../datasets/columns';
import { denoisers, givenQuantities } from '../denoisers';
import { VERDICT_RULES } from '../derivation/verdict';
import { dynamics } from '../dynamics';
import { sweepMethods } from '../experiment/fields/sweep';
import { jsonSchema } from '../experiment/jsonSchema';
import { grids } from '../grids';
import { WITHOUT_SCHEDULE, schedulerClasses } from '../imports/diffusers/classes';
import { boundaries, embeddings, predictions, readouts, scheduleLosses, timeEmbeddings } from '../models';
import { allowedText, type Parametric } from '../registry/parameters';
import { binColumns, rowColumns, scoreColumns } from '../runs/metricsColumns';
import { quoted } from '../registry/quoted';
import { schedules, type Input } from '../schedules';
import { modifiers } from '../schedules/modifiers';
import { quantities } from '../schedules/quantities';
import { markdown } from '../text/tables';
import { catalogue, type CatalogueRow } from './catalogue';

type OptionRow = Omit<CatalogueRow, 'source'> & { readonly source?: string };

const markdownTable = (names: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdown.write({ names, rows });

const code = (text: string) => `\`${text}\``;

/** Rows by id, with a column of sources where any row names one. */
function rowsTable(rows: readonly OptionRow[]): string {
  const cells = rows.map(({ id, title, summary, source = '' }) => [code(id), `${title}: ${summary}`, source]);
  const columns = rows.some(({ source }) => source) ? 3 : 2;
  return markdownTable(
    ['id', 'what it is', 'source'].slice(0, columns),
    cells.map((row) => row.slice(0, columns)),
  );
}

/** The parameters of every row of a registry that has any. */
const parametersTable = (rows: readonly Parametric[]): string =>
  markdownTable(
    ['id', 'parameter', 'default', 'what it is', 'unit', 'allowed'],
    rows.flatMap(({ id, parameters }) =>
      Object.entries(parameters).map(([key, row]) => [
        code(id),
        code(key),
        String(row.default),
        `${row.symbol}: ${row.summary}`,
        row.unit,
        allowedText(row),
      ]),
    ),
  );

/** What is read here of a JSON schema. */
interface SchemaNode {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly oneOf?: readonly SchemaNode[];
}

/** Choices that are listed in a setting's description; a longer list has a table of its own. */
const MOST_CHOICES = 5;

/** A setting's description without its default, which has a column of its own, and without a long list of choices. */
function descriptionOf({ description = '', enum: ids = [] }: SchemaNode): string {
  const text = description.replace(/; default [^;]*$/, '');
  return ids.length > MOST_CHOICES ? text.replace(new RegExp(`: ${ids[0]} \\(.*$`), '') : text;
}

const defaultOf = ({ default: value }: SchemaNode): string => {
  if (value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))) return '';
  return code(typeof value === 'string' ? value : JSON.stringify(value));
};

/** The settings of one section of an experiment; `prefix` stands before their names. */
const settingsTable = (node: SchemaNode, prefix = ''): string =>
  markdownTable(
    ['setting', 'default', 'what it is'],
    Object.entries(node.properties ?? {}).map(([key, one]) => [code(prefix + key), defaultOf(one), descriptionOf(one)]),
  );

const experimentNode = (): SchemaNode => jsonSchema('whole');

/** A section of an experiment, or its variant with an id. */
function sectionNode(key: string, id?: string): SchemaNode {
  const section = experimentNode().properties![key]!;
  return id === undefined ? section : section.oneOf!.find(({ properties }) => properties?.id?.const === id)!;
}

/** The options, formulas and tables that schedules take beside their parameters. */
const inputsTable = (): string =>
  markdownTable(
    ['id', 'input', 'what it is'],
    schedules.flatMap(({ id, inputs = {} }) =>
      Object.entries(inputs).map(([key, input]) => [code(id), code(key), inputText(input)]),
    ),
  );

function inputText(input: Input): string {
  const text = `${input.title}: ${input.summary}`;
  if (input.kind !== 'choice') return text;
  return `${text}: ${input.options.map(({ id, summary }) => `${code(id)} (${summary})`).join(', ')}`;
}

const quantitiesTable = (): string =>
  markdownTable(
    ['symbol', 'name', 'column', 'unit', 'what it is'],
    quantities.map(({ symbol, title, key, unit, sentence }) => [symbol, title, code(key), unit, sentence]),
  );

const metricsTable = (): string =>
  markdownTable(
    ['column', 'measured'],
    [
      ['step', 'every row'],
      ...Object.values(rowColumns).map((name) => [name, 'with every row of steps']),
      ...Object.values(scoreColumns).map((name) => [name, 'at every evaluation']),
      ...Object.values(binColumns).map((names) => [
        names[0]!.replace('bin 1', 'bin 1, 2, …'),
        'with every row of steps',
      ]),
    ],
  );

/** What a class of diffusers has where a file is silent; what is not said is null. */
const keysOf = (defaults: Readonly<Record<string, unknown>>): string =>
  Object.entries(defaults)
    .map(([key, value]) => code(value === null ? key : `${key} ${quoted(value)}`))
    .join(', ');

/** The scheduler classes that are read, and the keys that each has. */
const schedulersTable = (): string =>
  markdownTable(
    ['class', 'keys that are read, with the defaults of the class'],
    [
      ...schedulerClasses.map(({ name, defaults }) => [code(name), keysOf(defaults)]),
      ...Object.entries(WITHOUT_SCHEDULE).map(([name, why]) => [code(name), `refused: ${why}`]),
    ],
  );

/** Every list of the guide that is made from the code, by the name that stands in `<!-- list NAME -->`. */
export const guideLists: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(Object.entries(catalogue).map(([kind, rows]) => [kind, () => rowsTable(rows)])),
  'parameters of schedules': () => parametersTable(schedules),
  'parameters of modifiers': () => parametersTable(modifiers),
  'parameters of dynamics': () => parametersTable(dynamics),
  'parameters of denoisers': () => parametersTable(denoisers),
  'parameters of grids': () => parametersTable(grids),
  'parameters of data': () => parametersTable(generators),
  'inputs of schedules': inputsTable,
  'scheduler classes': schedulersTable,
  quantities: quantitiesTable,
  'time embeddings': () => rowsTable(timeEmbeddings),
  predictions: () => rowsTable(predictions),
  embeddings: () => rowsTable(embeddings),
  readouts: () => rowsTable(readouts),
  boundaries: () => rowsTable(boundaries),
  'schedule losses': () => rowsTable(scheduleLosses),
  'missing values': () => rowsTable(missingPolicies),
  tasks: () => rowsTable(tasks),
  verdicts: () => markdownTable(['verdict', 'when'], Object.entries(VERDICT_RULES)),
  'columns of metrics': metricsTable,
  'settings of experiment': () => settingsTable(experimentNode()),
  'settings of window': () => settingsTable(sectionNode('window'), 'window.'),
  'settings of csv': () => settingsTable(sectionNode('data', 'csv'), 'data.'),
  'settings of idx': () => settingsTable(sectionNode('data', 'idx'), 'data.'),
  'settings of numpy': () => settingsTable(sectionNode('data', 'numpy'), 'data.'),
  'settings of python': () => settingsTable(sectionNode('denoiser', 'python'), 'denoiser.'),
  'settings of onnx': () => settingsTable(sectionNode('denoiser', 'onnx'), 'denoiser.'),
  'given quantities': () => rowsTable(givenQuantities),
  'settings of model': () => settingsTable(sectionNode('model'), 'model.'),
  'settings of training': () => settingsTable(sectionNode('training'), 'training.'),
  'settings of dynamics': () => settingsTable(sectionNode('dynamics', 'noprop-forward'), 'dynamics.'),
  'settings of integrator': () => settingsTable(sectionNode('integrator'), 'integrator.'),
  'settings of comparison': () => settingsTable(sectionNode('comparison'), 'comparison.'),
  'settings of sweep': () => settingsTable(sectionNode('sweep'), 'sweep.'),
  'sweep methods': () => rowsTable(sweepMethods),
};

/** What is read here of package.json. Its texts are keys of package.nls.json between %. */
export interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly markdownDescription: string }>
      >;
    };
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string }[] };
  };
}

type Texts = Readonly<Record<string, string>>;

const keyOf = (text: string) => text.slice(1, -1);

/** The extension's own settings in VS Code. */
const settingsList = ({ contributes }: Manifest, texts: Texts): string =>
  markdownTable(
    ['setting', 'default', 'what it is'],
    Object.entries(contributes.configuration.properties).map(([key, { default: value, markdownDescription }]) => [
      code(key),
      code(String(value)),
      texts[keyOf(markdownDescription)]!,
    ]),
  );

/** The commands of the palette, each with what it does: the text whose key ends with ".about". */
function commandsList({ contributes }: Manifest, texts: Texts): string {
  const hidden = contributes.menus.commandPalette.map(({ command }) => command);
  const shown = contributes.commands.filter(({ command }) => !hidden.includes(command));
  return markdownTable(
    ['command', 'what it does'],
    shown.map(({ command, title }) => {
      const about = texts[`${keyOf(title)}.about`];
      if (about === undefined)
        throw new Error(`package.nls.json does not say what ${command} does: "${keyOf(title)}.about"`);
      return [texts[keyOf(title)]!, about];
    }),
  );
}

/** What the extension adds to VS Code, from package.json and package.nls.json. */
export const vscodeLists = (manifest: Manifest, texts: Texts): Readonly<Record<string, () => string>> => ({
  'settings of VS Code': () => settingsList(manifest, texts),
  'commands of VS Code': () => commandsList(manifest, texts),
});

/**
 * A page with each table between `<!-- list NAME -->` and `<!-- end -->` made anew; an Error where a name is unknown.
 * `more` has lists that are made outside this room.
 */
export function fillLists(markdown: string, more: Readonly<Record<string, () => string>> = {}): string {
  const lists = { ...guideLists, ...more };
  return markdown.replace(/(<!-- list ([^>]+?) -->\n)[^]*?(<!-- end -->)/g, (_, start: string, name: string, end) => {
    const list = lists[name];
    if (!list) throw new Error(`no list "${name}": there are ${Object.keys(lists).join(', ')}`);
    return `${start}\n${list().trim()}\n\n${end}`;
  });
}
