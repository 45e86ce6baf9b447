import * as vscode from 'vscode';
import { formatNumber } from '../core/text/format';
import { markdownText } from '../core/text/plainText';
import { namedScores } from '../core/runs/metrics';
import type { RunSummary } from '../core/runs/runList';
import { say } from './say';
import { stateText } from './stateText';

/** All that is known of a run, as the hover shows it, and what is damaged. */
export function recordText(run: RunSummary, damage: string | undefined): vscode.MarkdownString {
  const shown = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value));
  const rows: [string, string][] = [
    ...(damage === undefined ? [] : [[say`damaged`, damage] satisfies [string, string]]),
    [say`state`, run.message ? `${stateText(run.state)}: ${run.message}` : stateText(run.state)],
    [say`step`, say`${run.step} of ${run.steps}`],
    [say`seed`, String(run.seed)],
    [say`loss`, shown(run.loss)],
    ...namedScores(run).map(([name, value]): [string, string] => [name, formatNumber(value)]),
    [say`steps per second`, shown(run.stepsPerSecond)],
    [say`seconds`, shown(run.seconds)],
    [say`rows`, say`${run.data.trainRows} train, ${run.data.testRows} test`],
    [say`parameters`, String(run.parameters)],
    [say`peak memory`, run.memory === undefined ? '–' : `${Math.round(run.memory / 2 ** 20)} MB`],
    [say`backend`, say`${run.backend}, ${run.kernels} kernels`],
    [say`started`, run.started],
  ];
  const text = new vscode.MarkdownString(`**${markdownText(run.name)}**\n\n| | |\n|---|---|\n`);
  text.isTrusted = false;
  text.supportHtml = false;
  text.supportThemeIcons = false;
  for (const [name, value] of rows) text.appendMarkdown(`| ${name} | ${markdownText(value)} |\n`);
  return text;
}
