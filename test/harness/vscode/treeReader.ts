/** A row of a tree as it is shown. */
export interface TreeRow {
  readonly label: string;
  readonly description?: string;
  readonly id?: string;
}

/** What an extension gives to be shown as a tree. */
export interface Tree {
  getChildren(parent?: unknown): Promise<unknown[]>;
  getTreeItem(row: unknown): TreeRow;
}

/** Reads a tree as VS Code does: it knows a row by its object. */
export class TreeReader {
  /** The rows that were shown of a tree, by their ids. */
  private readonly shown = new WeakMap<Tree, Map<string, unknown>>();

  /** The rows of a tree, or those under the row of a label. */
  async read(tree: Tree, under: readonly string[]): Promise<TreeRow[]> {
    let rows = await tree.getChildren();
    for (const label of under) rows = await tree.getChildren(rows.find((row) => tree.getTreeItem(row).label === label));
    return rows.map((row) => this.item(tree, row));
  }

  private item(tree: Tree, row: unknown): TreeRow {
    const item = tree.getTreeItem(row);
    if (item.id === undefined) return item;
    const rows = this.shown.get(tree) ?? new Map<string, unknown>();
    const known = rows.get(item.id);
    // VS Code refuses the whole list then, where two lists are asked for at a time, and the tree stays as it was
    if (known !== undefined && known !== row) throw new Error(`Element with id ${item.id} is already registered`);
    this.shown.set(tree, rows.set(item.id, row));
    return item;
  }
}
