import { readTags } from '../../core/runs/notes';
import type { NotesChange } from '../../core/runs/notes';
import { lineText } from '../../core/text/plainText';
import { askText } from '../ask';
import type { RunRow } from '../runsTree';
import { say } from '../say';
import type { CommandContext } from './commandContext';
import { chosenRuns } from './runs';

/** NoProp: Rename Run. Its title stands in place of its experiment's name; an empty one gives that back. */
export async function renameRun(context: CommandContext, given?: RunRow): Promise<void> {
  const [id] = await chosenRuns(context, say`Rename Run`, given);
  const run = id === undefined ? undefined : context.runStore.runOf(id);
  if (!run) return;
  const title = await askText({
    title: say`Rename Run`,
    prompt: say`Empty for the name of its experiment, ${lineText(run.name)}`,
    value: run.notes?.title ?? lineText(run.name),
  });
  if (title === undefined) return;
  const plain = lineText(title);
  await context.runStore.edits.note([run.id], { title: plain === lineText(run.name) ? null : plain });
}

const change = async (
  context: CommandContext,
  title: string,
  asked: RunRow | undefined,
  all: readonly RunRow[] | undefined,
  what: NotesChange,
) => {
  // prettier-ignore
  const runs = await chosenRuns(context, title, asked, all);
  if (runs.length) await context.runStore.edits.note(runs, what);
};

/** NoProp: Pin Run. It stands before all others. */
export const pinRun = (context: CommandContext, given?: RunRow, all?: readonly RunRow[]): Promise<void> =>
  change(context, say`Pin Run`, given, all, { pinned: true });

/** NoProp: Unpin Run. */
export const unpinRun = (context: CommandContext, given?: RunRow, all?: readonly RunRow[]): Promise<void> =>
  change(context, say`Unpin Run`, given, all, { pinned: null });

/** NoProp: Edit Note of Run. It shows where the run is pointed at. */
export async function noteRun(context: CommandContext, given?: RunRow): Promise<void> {
  const [id] = await chosenRuns(context, say`Edit Note of Run`, given);
  const run = id === undefined ? undefined : context.runStore.runOf(id);
  if (!run) return;
  const note = await askText({
    title: say`Edit Note of Run`,
    prompt: say`What is to be remembered of this run; empty for nothing`,
    value: run.notes?.note ?? '',
  });
  if (note !== undefined) await context.runStore.edits.note([run.id], { note });
}

/** NoProp: Tag Run. Several runs get the tags of all of them, as they are left in the field. */
export async function tagRun(context: CommandContext, given?: RunRow, all?: readonly RunRow[]): Promise<void> {
  const ids = await chosenRuns(context, say`Tag Run`, given, all);
  const runs = ids.flatMap((id) => context.runStore.runOf(id) ?? []);
  if (!runs.length) return;
  const text = await askText({
    title: say`Tag Run`,
    prompt: say`Tags between commas. The filter of the runs finds them as #tag`,
    value: [...new Set(runs.flatMap(({ notes }) => notes?.tags ?? []))].join(', '),
  });
  if (text !== undefined) await context.runStore.edits.note(ids, { tags: readTags(text) });
}
