import path from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../core/runs/runList';
import { SUFFIX } from '../experimentSource';
import { chooseSeveral } from '../ask';
import { askWhere } from '../fileDialogs';
import { inform } from '../notify';
import { say } from '../say';
import { reached } from '../walkthrough';
import type { CommandContext } from './commandContext';
import { runItems } from './runs';

/** How many of the newest runs are chosen at first. */
const CHOSEN = 3;

/** What a caller by id may settle in advance. */
interface Options {
  /** The ids of the runs. */
  readonly runs?: readonly string[];
  readonly target?: vscode.Uri;
}

/**
 * NoProp: Export Report. Writes the current experiment and chosen runs of it to one HTML file, asking for what `options`
 * leaves open. Answers the file's address; undefined if given up.
 */
export async function exportReport(
  { current, runStore, log }: CommandContext,
  given?: vscode.Uri | Options,
): Promise<vscode.Uri | undefined> {
  const options = given instanceof vscode.Uri ? {} : (given ?? {});
  const source = current();
  const experiment = source.experiment();
  const { computations } = runStore;
  const own = (await runStore.runs()).filter(({ name, state }) => name === experiment.name && state !== 'running');
  const runs = options.runs ?? (own.length ? await pickRuns(own) : []);
  if (!runs) return undefined;
  const stem = source.file.replace(SUFFIX, '');
  const target = options.target ?? (await askWhere(`${stem}.report.html`, { HTML: ['html'] }));
  if (!target) return undefined;
  const task = { experiment, folder: source.folder, file: source.file, runs, out: target.fsPath };
  const written = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: say`Report of ${source.file}`, cancellable: true },
    (progress, cancelled) => {
      const stop = new AbortController();
      cancelled.onCancellationRequested(() => stop.abort());
      return computations
        .report(task, { signal: stop.signal, onProgress: ({ what }) => progress.report({ message: what ?? '' }) })
        .catch((error: unknown) => {
          if (stop.signal.aborted) return undefined;
          throw error;
        });
    },
  );
  if (!written) return undefined;
  reached('export');
  log.info(`reported ${runs.length} runs of ${source.file} to ${target.fsPath}, ${written.bytes} bytes`);
  for (const note of written.notes) log.warn(`report: ${note}`);
  const size = (written.bytes / 1e6).toFixed(2);
  const lost = written.notes.length ? ` ${written.notes.join(' ')}` : '';
  void inform(say`Wrote ${path.basename(target.fsPath)}, ${size} MB.` + lost, say`Open in browser`).then((choice) =>
    choice === undefined ? false : vscode.env.openExternal(target),
  );
  return target;
}

/** Asks for some runs, the newest of which are chosen; undefined where the user gave up. */
async function pickRuns(runs: readonly RunSummary[]): Promise<readonly string[] | undefined> {
  const items = runItems(runs).map((item, k) => ({ ...item, picked: k < CHOSEN }));
  const options = { title: say`Export Report`, placeHolder: say`Choose the runs that it shows` };
  return (await chooseSeveral(items, options))?.map(({ id }) => id);
}
