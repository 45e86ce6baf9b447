import * as jsonc from 'jsonc-parser';
import { InputError, pathText } from '../registry/problem';
import { isTree, JSON_LIMITS, properties, readJsonTree } from '../text/jsonTree';
import { HeldLists } from '../text/numberLists';
import { TreeIndex } from '../text/treeIndex';
import type { Change, Path } from './changes';
import { checkJson } from './checkJson';

/** The most changes that are made as one edit. */
const MOST = 1000;

/** The text with changes made, one after the other; an InputError where one cannot be made. */
export function applyChanges(text: string, changes: readonly Change[]): string {
  if (changes.length > MOST) throw new InputError(`at most ${MOST} changes are made at once: got ${changes.length}`);
  const changed = changes.reduce(applyChange, text);
  treeOf(changed); // an edit that nothing could read again is none
  return changed;
}

/**
 * The text with a change made: layout and unknown keys elsewhere stay as they are. An id that stands alone for its
 * object becomes that object where a part of it is set. An InputError where the text has no such place, or where the
 * value is none that JSON has.
 */
export function applyChange(before: string, { path, value, insert }: Change): string {
  checkPath(path);
  checkJson(value, pathText(path));
  const text = spelledOut(withoutLost(before, path), path);
  const root = treeOf(text);
  const { node, depth } = new TreeIndex(root).nearest(path);
  if (depth < path.length) {
    checkRoom(node, path, depth);
    if (value === undefined) return text; // there is nothing to remove
  }
  if (value === undefined && node.parent?.type === 'array') return withoutItem(text, node);
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const held = new HeldLists([text, JSON.stringify(value) ?? '']);
  const edits = jsonc.modify(text, [...path], held.hold(value), {
    isArrayInsertion: insert === true && typeof path.at(-1) === 'number',
    formattingOptions: {
      insertSpaces: !indent.startsWith('\t'),
      tabSize: indent.startsWith('\t') ? 1 : indent.length,
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
  });
  return jsonc.applyEdits(
    text,
    edits.map((edit) => ({ ...edit, content: held.putBack(edit.content) })),
  );
}

function treeOf(text: string): jsonc.Node {
  const root = readJsonTree(text);
  if (isTree(root)) return root;
  throw new InputError(`the text cannot be edited: ${root.message}`);
}

/** An InputError where a path is none: keys, and indices of lists. */
function checkPath(path: Path): void {
  const isKey = (key: unknown) =>
    typeof key === 'string' ? key !== '__proto__' : Number.isInteger(key) && (key as number) >= 0;
  if (!Array.isArray(path) || !path.length || path.length > JSON_LIMITS.depth || !path.every(isKey))
    throw new InputError('a change needs the path of a setting: names, and places in lists counted from 0');
}

/** An InputError where a node has no room for the rest of a path, which begins at `depth`. */
function checkRoom({ type, children = [] }: jsonc.Node, path: Path, depth: number): void {
  const key = path[depth]!;
  const name = path.slice(0, depth).join('.') || 'the experiment';
  if (type === 'array' && typeof key !== 'number')
    throw new InputError(`${name} is a list: "${key}" is no place in it`);
  if (type === 'object' && typeof key === 'number') throw new InputError(`${name} is no list: it has no place ${key}`);
  if (type !== 'array' && type !== 'object') throw new InputError(`${name} is no object: it has no part "${key}"`);
  if (type === 'array' && Number(key) > children.length)
    throw new InputError(`${name} has ${children.length}, counted from 0`);
  if (path.slice(depth + 1).some((one) => typeof one === 'number' && one > 0))
    throw new InputError(`the first place of a new list is 0`);
}

/** The text with the first string that a path leads through made an object with that id. */
function spelledOut(text: string, path: Path): string {
  const index = new TreeIndex(treeOf(text));
  for (let depth = 1; depth < path.length; depth++) {
    const found = index.nearest(path.slice(0, depth));
    if (found.depth < depth || found.node.type !== 'string' || typeof path[depth] !== 'string') continue;
    const { offset, length } = found.node;
    const id = text.slice(offset, offset + length);
    return `${text.slice(0, offset)}{ "id": ${id} }${text.slice(offset + length)}`;
  }
  return text;
}

/** The text without those properties that a path leads through which come again in their object: only the last counts. */
function withoutLost(text: string, path: Path): string {
  const index = new TreeIndex(treeOf(text));
  for (let depth = 0; depth < path.length; depth++) {
    const { node } = index.nearest(path.slice(0, depth));
    const same = properties(node).filter(([key]) => key === path[depth]);
    if (same.length > 1) return withoutLost(withoutItem(text, same[0]![1].parent!), path);
  }
  return text;
}

/** The text without an item of a list or a property of an object, and without its comma. */
export function withoutItem(text: string, item: jsonc.Node): string {
  const { offset, length, children = [] } = item.parent!;
  const at = children.indexOf(item);
  const [before, after] = [children[at - 1], children[at + 1]];
  const from = before ? before.offset + before.length : after ? item.offset : offset + 1;
  const to = before ? item.offset + item.length : after ? after.offset : offset + length - 1;
  return text.slice(0, from) + text.slice(to);
}
