import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { models } from '../../core/models';
import { messageOf } from '../../core/registry/problem';
import { chosenSettings, type Setting } from '../../core/report/settingList';
import { namedScores } from '../../core/runs/metrics';
import { timeText } from '../../core/runs/runNames';
import { formatNumber } from '../../core/text/format';
import { toJson } from '../../core/text/json';
import { lineText } from '../../core/text/plainText';
import { readRunExperiment } from '../../trainer/runs/runFolder';
import { parse } from '../arguments';
import type { Terminal } from '../terminal';
import { toTable } from '../textTable';
import { damageText, readStoredRun, type StoredRun } from './storedRuns';

export const SHOW = 'runs show DIR/RUN [--json]';

interface RunFile {
  readonly name: string;
  readonly bytes: number;
}

/** `noprop runs show`: the record of a run, the settings that were chosen, its scores and files. */
export async function showRun(args: string[], terminal: Terminal): Promise<void> {
  const { positional, values } = parse(args, { json: { type: 'boolean' } }, SHOW);
  const stored = await readStoredRun(positional);
  const folder = path.resolve(positional);
  const files = await filesIn(folder);
  const settings = await readRunExperiment(folder).then(chosenSettings, (error: unknown) => {
    terminal.warn(`noprop: its settings cannot be read: ${messageOf(error)}\n`);
    return [];
  });
  const { record, damaged, summary } = stored;
  if (damaged) terminal.warn(`noprop: ${record.id} is damaged: ${damageText(damaged)}\n`);
  if (!values.json) return terminal.print(runText(stored, settings, files));
  const problem = damaged && { problem: damaged.problem, canMend: damaged.canMend };
  terminal.print(toJson({ ...record, ...(summary.notes && { notes: summary.notes }), ...problem, settings, files }));
}

/** The files of a run, those in folders too, but for hidden ones; by name. */
async function filesIn(run: string): Promise<RunFile[]> {
  const names = await readdir(run, { recursive: true });
  const found = await Promise.all(
    names.map(async (name) => {
      const stats = await stat(path.join(run, name)).catch(() => undefined); // one that trains replaces its files
      return stats?.isFile() && !path.basename(name).startsWith('.')
        ? [{ name: name.replaceAll(path.sep, '/'), bytes: stats.size }]
        : [];
    }),
  );
  return found.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

function runText({ record, summary }: StoredRun, settings: readonly Setting[], files: readonly RunFile[]): string {
  const { notes } = summary;
  const versions = Object.entries(record.versions).map(([name, version]) => `${name} ${version}`);
  const facts: [string, string | undefined][] = [
    ['title', notes?.title],
    ['tags', notes?.tags?.map((tag) => `#${lineText(tag)}`).join(' ')],
    ['note', notes?.note],
    ['pinned', notes?.pinned ? 'yes' : undefined],
    ['model', models.find(({ id }) => id === record.model)!.title],
    ['state', `${record.state}${record.message ? `: ${lineText(record.message)}` : ''}`],
    ['step', `${record.step} of ${record.steps}`],
    ['best step', record.bestStep?.toString()],
    ['checkpoints', record.checkpoints?.join(', ')],
    ['seed', String(record.seed)],
    ['started', timeText(record.started, true)],
    ['updated', timeText(record.updated, true)],
    ['training', `${formatNumber(record.seconds)} s`],
    ['parameters', String(record.parameters)],
    ['rows', `${record.data.trainRows} train, ${record.data.testRows} test`],
    ['loss', record.loss === undefined ? undefined : formatNumber(record.loss)],
    ...namedScores(record).map(([name, value]): [string, string] => [name, value.toFixed(4)]),
    ['backend', `${record.backend}, ${record.kernels}`],
    ['versions', versions.join(', ')],
  ];
  const known = facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
  const parts = [
    `${record.id}\n${lineText(record.name)}\n`,
    toTable(known, 2),
    ...(settings.length ? [`Settings\n${toTable(settings.map((one) => [one.title, one.value, one.path]), 3)}`] : []), // prettier-ignore
    `Files\n${toTable(files.map(({ name, bytes }) => [name, `${bytes} bytes`]), 1)}`, // prettier-ignore
  ];
  return parts.join('\n');
}
