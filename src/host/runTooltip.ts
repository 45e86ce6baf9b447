import * as vscode from 'vscode';
import { formatNumber } from '../core/text/format';
import { markdownText } from '../core/text/plainText';
import { namedScores } from '../core/runs/metrics';
import type { RunSummary } from '../core/runs/runList';

/** All that is known of a run, as the hover shows it, and what is damaged. */
export function recordText(run: RunSummary, damage: string | undefined): vscode.MarkdownString {
  const shown = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value));
  const rows: [string, string][] = [
    ...(damage === undefined ? [] : [['damaged', damage] satisfies [string, string]]),
    ['state', run.message ? `${run.state}: ${run.message}` : run.state],
    ['step', `${run.step} of ${run.steps}`],
    ['seed', String(run.seed)],
    ['loss', shown(run.loss)],
    ...namedScores(run).map(([name, value]): [string, string] => [name, formatNumber(value)]),
    ['steps per second', shown(run.stepsPerSecond)],
    ['seconds', shown(run.seconds)],
    ['rows', `${run.data.trainRows} train, ${run.data.testRows} test`],
    ['parameters', String(run.parameters)],
    ['peak memory', run.memory === undefined ? '–' : `${Math.round(run.memory / 2 ** 20)} MB`],
    ['backend', `${run.backend}, ${run.kernels} kernels`],
    ['started', run.started],
  ];
  const text = new vscode.MarkdownString(`**${markdownText(run.name)}**\n\n| | |\n|---|---|\n`);
  text.isTrusted = false;
  text.supportHtml = false;
  text.supportThemeIcons = false;
  for (const [name, value] of rows) text.appendMarkdown(`| ${name} | ${markdownText(value)} |\n`);
  return text;
}
