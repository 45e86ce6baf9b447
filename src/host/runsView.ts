import * as vscode from 'vscode';
import { filterRuns } from '../core/runs/runFilter';
import type { RunStore } from './runStore';
import type { Row, RunsTree } from './runsTree';
import { say } from './say';
import type { TreeState } from './treeState';

/** The most runs that are laid over each other: more lines than this nobody can tell apart. */
export const MOST_OVERLAID = 12;

/** Shows the tree of runs, with its filter in words, and keeps which runs are checked. Dispose it. */
export function showRuns(tree: RunsTree, state: TreeState, runStore: RunStore): vscode.Disposable {
  const view = vscode.window.createTreeView<Row>('noprop.runs', {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const tell = () => {
    const { search } = state.choices;
    const { known } = runStore;
    view.message = search === '' ? '' : say`${filterRuns(known, search).length} of ${known.length} runs: ${search}`; // prettier-ignore
  };
  tell();
  return vscode.Disposable.from(
    view,
    state.onDidChange(tell),
    runStore.onDidChange(() => state.choices.search !== '' && tell()),
    view.onDidChangeCheckboxState(({ items }) => {
      const left = new Set(state.overlaid);
      for (const [row, checked] of items) {
        if (row.kind !== 'run') continue;
        if (checked === vscode.TreeItemCheckboxState.Checked) left.add(row.id);
        else left.delete(row.id);
      }
      state.set('overlaid', [...left].slice(-MOST_OVERLAID));
    }),
  );
}
