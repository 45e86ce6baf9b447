import type { Choice } from '../registry/field';
import { ownOf } from '../registry/own';
import type { Problem } from '../registry/problem';
import { isTree, nodeAt, pathOf, readJsonTree, treeValue } from '../text/jsonTree';
import { latexText } from '../text/latexText';
import { markdownText } from '../text/plainText';
import type { Experiment } from './experiment';
import { fieldAt, type Field } from './fieldAt';
import { rangeNote } from './fieldWords';

type Path = Problem['path'];

/** What is said of a setting where its text is pointed at. */
export interface SettingNote {
  /** Of the key or the value that is pointed at, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  /** In Markdown: symbol and formula, range and default, and where it comes from. */
  readonly markdown: string;
}

/** A formula as code: nothing in it is Markdown. */
const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;

/** What the schema of an editor does not say of a setting at an offset of a text; undefined where there is nothing to say. */
export function noteAt(text: string, offset: number): SettingNote | undefined {
  const root = readJsonTree(text);
  if (!isTree(root)) return undefined;
  const node = nodeAt(root, offset);
  if (!node || node.type === 'object' || node.type === 'array') return undefined;
  const experiment = treeValue(root) as Experiment;
  const isKey = node.parent?.type === 'property' && node.parent.children?.[0] === node;
  const path = pathOf(isKey ? (node.parent.children[1] ?? node) : node);
  const lines = linesOf(path, experiment).filter((line) => line !== '');
  if (!lines.length) return undefined;
  return { offset: node.offset, length: node.length, markdown: lines.join('\n\n') };
}

function linesOf(path: Path, experiment: Experiment): string[] {
  const field = fieldAt(path, experiment);
  const around = fieldAt(path.slice(0, -1), experiment);
  const value = path.reduce<unknown>(ownOf, experiment);
  if (field?.parameter) return ofNumber(field, fieldAt(path.slice(0, -2), experiment), experiment);
  // An id of an object, and of a list, is a row of what is around it.
  const rows = field?.choices ?? around?.choices;
  const id = ownOf(value, 'id') ?? value;
  const row = rows?.find((one) => one.id === id);
  const note = field && (field.kind !== 'object' || row) ? markdownText(rangeNote(field)) : '';
  return row ? [...ofRow(row), note] : [note];
}

/** Symbol and formula of a number, and its range and default; of a parameter, the formula that it is in. */
function ofNumber(field: Field, owner: Field | undefined, experiment: Experiment): string[] {
  const { symbol, formula } = field.parameter!;
  const id = owner && ownOf(owner.path.reduce<unknown>(ownOf, experiment), 'id');
  const row = owner?.choices?.find((one) => one.id === id);
  const shown = formula ?? (row?.equation && latexText(row.equation));
  return [`**${markdownText(symbol)}**${shown ? ` in ${code(shown)}` : ''}`, markdownText(rangeNote(field))];
}

const ofRow = ({ title, equation, source }: Choice): string[] => [
  equation ? `**${markdownText(title)}** ${code(latexText(equation))}` : '',
  source ? `*${markdownText(source)}*` : '',
];
