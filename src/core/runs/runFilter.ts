import { models } from '../models';
import { testScore } from './metrics';
import type { RunSummary } from './runList';
import { timeText } from './runNames';
import { settingText } from './settings';

/** The day of a time here: 2026-11-28. */
export const dayOf = (iso: string): string => timeText(iso).slice(0, 10);

/** The day in words where it is this one or the one before, else its date. */
export function dayText(day: string, now: Date): string {
  const today = dayOf(now.toISOString());
  const before = new Date(now);
  before.setDate(before.getDate() - 1);
  if (day === today) return 'today';
  return day === dayOf(before.toISOString()) ? 'yesterday' : day;
}

/** All that is known of a run as text that can be searched. */
function textOf(run: RunSummary, now: Date): string {
  const { notes, settings = {} } = run;
  const day = dayOf(run.started);
  const model = models.find(({ id }) => id === run.model);
  return [
    ...[run.name, run.id, run.state, run.model, model?.title, `seed ${run.seed}`, day, dayText(day, now)],
    ...[notes?.title, notes?.note, notes?.pinned ? 'pinned' : ''],
    ...(notes?.tags ?? []).map((tag) => `#${tag}`),
    ...Object.keys(settings).map((path) => settingText(settings, path)),
  ]
    .join('\n')
    .toLowerCase();
}

/** Score > .9 and the like. */
const BOUND = /^score(<=?|>=?)(-?[\d.]+(?:e-?\d+)?)$/;

function holds(bound: RegExpExecArray, run: RunSummary): boolean {
  const score = testScore(run)?.value;
  if (score === undefined) return false;
  const limit = Number(bound[2]);
  if (bound[1]!.startsWith('<')) return bound[1] === '<' ? score < limit : score <= limit;
  return bound[1] === '>' ? score > limit : score >= limit;
}

/**
 * The runs of which every word of a search is found: in their names, settings, states, seeds, days (today, yesterday),
 * notes and tags (#tag), or that a bound such as score>.9 holds for. Text in double quotes is one word.
 */
export function filterRuns(runs: readonly RunSummary[], search: string, now = new Date()): readonly RunSummary[] {
  const words = (search.toLowerCase().match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  if (!words.length) return runs;
  const bounds = words.map((word) => BOUND.exec(word));
  return runs.filter((run) => {
    const text = textOf(run, now);
    return words.every((word, i) => {
      const bound = bounds[i];
      return bound ? holds(bound, run) : text.includes(word);
    });
  });
}
