import { InputError } from '../registry/problem';
import { csv } from './csv';
import type { ExportFormat } from './export';
import { json } from './json';

/** Every format, in the order the picker shows. A new one is a file beside this and a row here. */
export const exportFormats: readonly ExportFormat[] = [json, csv];

/** The format of this id; an InputError that lists the known ones where there is none. */
export function exportFormat(id: string): ExportFormat {
  const format = exportFormats.find((row) => row.id === id);
  if (!format)
    throw new InputError(`unknown format "${id}": choose one of ${exportFormats.map((row) => row.id).join(', ')}`);
  return format;
}

export type { ExportFormat } from './export';
