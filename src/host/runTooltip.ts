import * as vscode from 'vscode';
import { formatNumber } from '../core/text/format';
import { markdownText } from '../core/text/plainText';
import { namedScores } from '../core/runs/metrics';
import type { Experiment } from '../core/experiment/experiment';
import type { RunSummary } from '../core/runs/runList';
import { timeText } from '../core/runs/runNames';
import { changedSettings, differingSettings, settingWords } from '../core/runs/settings';
import { say } from './say';
import { stateText } from './stateText';

/** In which settings a run differs from what its experiment is now, or else from the defaults. */
function differences(run: RunSummary, current: Experiment | undefined): [string, string][] {
  const { settings } = run;
  if (!settings) return [];
  const isOpen = current?.name === run.name;
  const now = isOpen ? changedSettings(current) : {};
  const paths = differingSettings([settings, now]);
  if (isOpen && !paths.length) return [[say`settings`, say`those of the experiment now`]];
  return paths.map((path) => {
    const [then, there] = [settingWords(settings, path), settingWords(now, path)];
    return [then.title.toLowerCase(), isOpen ? say`${then.value} (now ${there.value})` : then.value];
  });
}

/** All that is known of a run, as the hover shows it: what is damaged, and how it differs from its experiment now. */
export function recordText(run: RunSummary, damage: string | undefined, current?: Experiment): vscode.MarkdownString {
  const shown = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value));
  const rows: [string, string][] = [
    ...(damage === undefined ? [] : [[say`damaged`, damage] satisfies [string, string]]),
    [say`state`, run.message ? `${stateText(run.state)}: ${run.message}` : stateText(run.state)],
    ...differences(run, current),
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
    [say`started`, timeText(run.started, true)],
  ];
  const { title = run.name, note = '', tags = [] } = run.notes ?? {};
  const said = [...(note ? [markdownText(note)] : []), ...(tags.length ? [tags.map((tag) => markdownText(`#${tag}`)).join(' ')] : [])]; // prettier-ignore
  const head = [`**${markdownText(title)}**`, ...said].join('\n\n');
  const text = new vscode.MarkdownString(`${head}\n\n| | |\n|---|---|\n`);
  text.isTrusted = false;
  text.supportHtml = false;
  text.supportThemeIcons = false;
  for (const [name, value] of rows) text.appendMarkdown(`| ${name} | ${markdownText(value)} |\n`);
  return text;
}
