import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A row that a registry does not have. */
export interface NewRow {
  /** What a row of this registry is called. */
  readonly what: string;
  /** Its id in the registry. */
  readonly id: string;
  /** The kind under which the catalogue lists it; absent where a row has no place in an experiment. */
  readonly kind?: string;
  /** What of a document has this row; absent where none has. */
  readonly document?: object;
  /** The folder of the registry. */
  readonly room: string;
  /** The file that holds the list (index.ts), and the name of the list. */
  readonly index?: string;
  readonly list: string;
  /** A row with code of its own: the name of its file and of what it exports, and the text of the file. */
  readonly file?: { readonly name: string; readonly source: string };
  /** A row that is data alone, as it stands in the list. */
  readonly data?: string;
}

/** Adds a row to a copy of the project: its file, where it has one, and a row in the list. Answers the files it touched. */
export function addRow(copy: string, { room, index = 'index.ts', list, file, data }: NewRow): readonly string[] {
  const registry = path.join(room, index);
  const text = readFileSync(path.join(copy, registry), 'utf8');
  const row = file ? file.name : data!;
  const after = (file ? `import { ${file.name} } from './${file.name}';\n` : '') + text;
  const changed = after.replace(new RegExp(`export const ${list}\\b[^=]*= \\[`), (start) => `${start} ${row},`);
  assert.notEqual(changed, after, `${registry} has no list "${list}"`);
  writeFileSync(path.join(copy, registry), changed);
  if (!file) return [registry];
  const own = path.join(room, `${file.name}.ts`);
  writeFileSync(path.join(copy, own), file.source);
  return [own, registry];
}
