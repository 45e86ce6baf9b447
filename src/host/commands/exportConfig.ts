import * as vscode from 'vscode';
import { exportFormat, exportFormats } from '../../core/exports';
import { choose } from '../ask';
import { askWhere, writeText } from '../fileDialogs';
import { SUFFIX } from '../experimentSource';
import { reached } from '../walkthrough';
import type { CommandContext } from './commandContext';
import { inform } from '../notify';
import { say } from '../say';

/** What a caller by id may settle in advance. */
interface Options {
  readonly format?: string;
  readonly target?: vscode.Uri;
}

/**
 * NoProp: Export Config. Writes the current experiment in a format to a file, asking for what `options` leaves open.
 * Answers the file's address; undefined if given up.
 */
export async function exportConfig(
  { current, log }: CommandContext,
  given?: vscode.Uri | Options,
): Promise<vscode.Uri | undefined> {
  const options = given instanceof vscode.Uri ? {} : (given ?? {});
  const source = current();
  const experiment = source.experiment();
  const format = options.format === undefined ? await pickFormat() : exportFormat(options.format);
  if (!format) return undefined;
  const name = source.file.replace(SUFFIX, '');
  const target =
    options.target ?? (await askWhere(`${name}.export.${format.extension}`, { [format.title]: [format.extension] }));
  if (!target) return undefined;
  await writeText(target, format.write(experiment));
  reached('export');
  log.info(`exported ${source.file} as ${format.title} to ${target.fsPath}`);
  const written = say`Exported ${source.file} to ${vscode.workspace.asRelativePath(target)}.`;
  const lost = format.lost?.(experiment) ?? [];
  const text = lost.length ? `${written} ${say`It does not hold ${lost.join('; ')}.`}` : written;
  void inform(text, say`Open`).then((choice) => choice && vscode.commands.executeCommand('vscode.open', target));
  return target;
}

async function pickFormat() {
  const items = exportFormats.map((format) => ({ label: format.title, detail: format.summary, format }));
  const choice = await choose(items, {
    title: say`Export Config`,
    placeHolder: say`Choose a format`,
  });
  return choice?.format;
}
