import type * as vscode from 'vscode';
import { differingSettings, settingWords } from '../../core/runs/settings';
import type { TreeChoices } from '../../core/runs/runTree';
import { runNames } from '../../core/runs/runNames';
import { labelText } from '../../core/text/plainText';
import { askText, choose } from '../ask';
import { inform } from '../notify';
import { say } from '../say';
import type { CommandContext } from './commandContext';

/** NoProp: Filter Runs. Shows the runs of which every word is found. */
export async function filterRuns({ tree }: CommandContext, given?: unknown): Promise<void> {
  const search =
    typeof given === 'string'
      ? given
      : await askText({
          title: say`Filter Runs`,
          prompt: say`Words of name, model, settings, state, day or note; #tag, score>.95`,
          placeHolder: say`fm yesterday score>.9`,
          value: tree.choices.search,
        });
  if (search !== undefined) tree.set('search', search.trim());
}

/** NoProp: Show All Runs. Takes the filter away. */
export const showAllRuns = ({ tree }: CommandContext): void => tree.set('search', '');

/** NoProp: Sort Runs. */
export async function sortRuns({ tree }: CommandContext): Promise<void> {
  const rows = [
    { sort: 'newest', label: say`Newest first` },
    { sort: 'score', label: say`Best test score first` },
    { sort: 'name', label: say`By name` },
  ] as const;
  const choice = await choose(marked(rows, ({ sort }) => sort === tree.choices.sort), { title: say`Sort Runs` }); // prettier-ignore
  if (choice) tree.set('sort', choice.sort);
}

/** NoProp: Group Runs. By experiment, by day, or by a setting in which runs differ. */
export async function groupRuns({ tree, runStore }: CommandContext): Promise<void> {
  const settings = (await runStore.runs()).map(({ settings: found = {} }) => found);
  const paths = differingSettings(settings);
  const rows: (vscode.QuickPickItem & Pick<TreeChoices, 'group'>)[] = [
    { group: 'experiment', label: say`By experiment` },
    { group: 'day', label: say`By day` },
    ...paths.map((path) => ({
      group: path,
      label: labelText(settingWords(settings.find((one) => path in one) ?? {}, path).title),
      description: path,
    })),
  ];
  const options = { title: say`Group Runs`, placeHolder: say`Group by experiment, by day or by a setting`, matchOnDescription: true }; // prettier-ignore
  const choice = await choose(marked(rows, ({ group }) => group === tree.choices.group), options); // prettier-ignore
  if (choice) tree.set('group', choice.group);
}

const marked = <T extends vscode.QuickPickItem>(rows: readonly T[], isChosen: (row: T) => boolean): T[] =>
  rows.map((row) => (isChosen(row) ? { ...row, description: [row.description, say`now`].filter(Boolean).join(' · ') } : row)); // prettier-ignore

/** NoProp: Clear Overlay. No run's curves are laid over those of another any more. */
export const clearOverlay = ({ tree }: CommandContext): void => tree.set('overlaid', []);

/** NoProp: Restore Deleted Run. Brings back a run that was deleted in the last 30 days. */
export async function restoreRun({ runStore }: CommandContext): Promise<void> {
  const deleted = await runStore.edits.deleted();
  if (!deleted.length) return void inform(say`No run was deleted in the last 30 days.`);
  const names = runNames(deleted.map(({ entry, name, seed = 0, started, deleted: then }) => ({ id: entry, name, seed, model: 'ct', started: started ?? then }))); // prettier-ignore
  const rows = deleted.map((one) => ({
    label: labelText(names.get(one.entry)!),
    description: say`deleted ${new Date(one.deleted).toLocaleString()}`,
    one,
  }));
  const choice = await choose(rows, {
    title: say`Restore Deleted Run`,
    placeHolder: say`Deleted runs are kept for 30 days`,
  });
  if (choice) await runStore.edits.restore([choice.one]);
}
