import type * as jsonc from 'jsonc-parser';
import { properties } from './jsonTree';

/** Finds the nodes of a tree by their paths; each object is looked through once. */
export class TreeIndex {
  private readonly values = new WeakMap<jsonc.Node, ReadonlyMap<string, jsonc.Node>>();

  constructor(private readonly root: jsonc.Node) {}

  /** The node at a path, and at how many of its keys the text ends where it has no such node. */
  nearest(path: readonly (string | number)[]): { readonly node: jsonc.Node; readonly depth: number } {
    let node = this.root;
    for (const [depth, key] of path.entries()) {
      const next = node.type === 'array' ? node.children?.[Number(key)] : this.valuesOf(node).get(String(key));
      if (!next) return { node, depth };
      node = next;
    }
    return { node, depth: path.length };
  }

  /** An object's values by their keys; of keys that stand twice the last. */
  private valuesOf(node: jsonc.Node): ReadonlyMap<string, jsonc.Node> {
    const known = this.values.get(node);
    if (known) return known;
    const made = new Map(properties(node));
    this.values.set(node, made);
    return made;
  }
}

/** Line and column, from 1, of each of these offsets of a text. */
export function linesAt(
  text: string,
  offsets: readonly number[],
): { readonly line: number; readonly column: number }[] {
  const order = offsets.map((_, i) => i).sort((a, b) => offsets[a]! - offsets[b]!);
  const found = offsets.map(() => ({ line: 1, column: 1 }));
  let [line, start] = [1, 0];
  for (const i of order) {
    for (let end = text.indexOf('\n', start); end >= 0 && end < offsets[i]!; end = text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    found[i] = { line, column: offsets[i]! - start + 1 };
  }
  return found;
}
