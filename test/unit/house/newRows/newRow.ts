import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A row that a registry does not have: one file, and the list it is added to. */
export interface NewRow {
  /** What a row of this registry is called. */
  readonly what: string;
  /** Its id in the registry. */
  readonly id: string;
  /** The kind under which the catalogue lists it; absent where a row has no place in an experiment. */
  readonly kind?: string;
  /** What of a document has this row; absent where none has. */
  readonly document?: object;
  /** The folder of the registry, and the list in its index.ts. */
  readonly room: string;
  readonly list: string;
  /** Name of the file and of what it exports. */
  readonly name: string;
  readonly source: string;
}

/** Adds a row to a copy of the project: one file, and one row in the registry's index. Answers the files it touched. */
export function addRow(copy: string, { room, list, name, source }: NewRow): readonly string[] {
  const [file, index] = [path.join(room, `${name}.ts`), path.join(room, 'index.ts')];
  writeFileSync(path.join(copy, file), source);
  const before = readFileSync(path.join(copy, index), 'utf8');
  const after = `import { ${name} } from './${name}';\n${before}`.replace(
    new RegExp(`export const ${list}\\b[^=]*= \\[`),
    `$& ${name},`,
  );
  assert.ok(after.includes(`[ ${name},`), `${index} has no list "${list}"`);
  writeFileSync(path.join(copy, index), after);
  return [file, index];
}
