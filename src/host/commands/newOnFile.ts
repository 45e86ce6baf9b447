import path from 'node:path';
import type * as vscode from 'vscode';
import { DATA_EXTENSIONS } from '../../core/datasets/entry';
import { fileEntry } from '../../core/datasets/preview/fileEntry';
import { newExperiment } from '../../core/experiment/experiment';
import { parseExperiment } from '../../core/experiment/document';
import { workspaceFolder } from '../fileDialogs';
import { openUntitled } from '../untitled';
import type { CommandContext } from './commandContext';

/**
 * NoProp: New Experiment on a Data File. Opens an unsaved experiment whose data are a file (asks which where none is
 * given), with its label guessed, at the Training tab. Answers its address; undefined where the user gave up.
 */
export async function newOnFile(
  { labs, runStore }: CommandContext,
  file?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const folder = workspaceFolder();
  const { files, computations } = runStore;
  const name = file
    ? await files.take({ uri: file.toString() }, folder)
    : await files.choose('Data', DATA_EXTENSIONS, folder);
  if (name === undefined) return undefined;
  const template = newExperiment(path.parse(name).name);
  const experiment = parseExperiment(JSON.stringify(template)).experiment!;
  const data = await fileEntry(name, experiment.data, (entry) =>
    computations.previewData({ experiment: { ...experiment, data: entry }, folder }, {}).then(
      ({ columns }) => columns,
      () => [], // why it cannot be read is said at its field
    ),
  );
  const uri = await openUntitled(`${JSON.stringify({ ...template, data }, null, 2)}\n`);
  labs.show('training', false);
  return uri;
}
