import fs from 'node:fs/promises';
import path from 'node:path';
import type { TaskProgress } from '../../../protocol/progress';
import type { CallContext, Caller } from '../../../protocol/rpc';
import type { ReportTask, TrainerCalls, WrittenReport } from '../../../protocol/trainerCalls';
import { writeOutput } from '../../runs/outputFile';
import { gatherReport } from './gatherReport';
import { reportHtml } from './reportHtml';

/**
 * Writes a report to a file, whole or not at all. `dist` is the folder of the report's page, beside which package.json
 * says the version. Throws with code "cancelled" on a cancel.
 */
export async function writeReport(
  call: Caller<TrainerCalls>['call'],
  task: ReportTask,
  out: string,
  dist: string,
  context: CallContext<TaskProgress>,
): Promise<WrittenReport> {
  const { version } = JSON.parse(await fs.readFile(path.join(dist, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const content = await gatherReport(call, task, version, context);
  const html = await reportHtml(content, dist);
  await writeOutput(out, html);
  const ofRuns = content.runs.flatMap(({ summary, notes }) => notes.map((note) => `${summary.id}: ${note}`));
  return { bytes: Buffer.byteLength(html), notes: [...content.notes, ...ofRuns] };
}
