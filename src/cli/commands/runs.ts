import { InputError } from '../../core/registry/problem';
import { COMPARE, compareStoredRuns } from '../runs/compareRuns';
import { LIST, listRuns } from '../runs/listRuns';
import { PRUNE, pruneRuns } from '../runs/pruneRuns';
import { REMOVE, removeRuns } from '../runs/removeRuns';
import { SHOW, showRun } from '../runs/showRun';
import type { CliCommand } from './command';

/** What can be done with stored runs, by its name. */
const ACTIONS: ReadonlyMap<string, CliCommand['run']> = new Map([
  ['list', listRuns],
  ['show', showRun],
  ['compare', compareStoredRuns],
  ['remove', removeRuns],
  ['prune', pruneRuns],
]);

const USAGES = [LIST, SHOW, COMPARE, REMOVE, PRUNE];

/** `noprop runs`: stored runs listed, shown, compared, removed and brought back. */
export const runs: CliCommand = {
  name: 'runs',
  usage: USAGES.join('\n  noprop '),
  summary:
    'list shows the runs in DIR, each by what tells it from the others, and the damaged ones. show prints the record, the settings that were ' +
    'chosen, the scores and files of a run. compare puts 2 to 50 runs side by side: the settings in which they differ, ' +
    'scores with 95% intervals over seeds, and differences from the best, paired by seed. remove moves runs to the ' +
    'trash of DIR, where they stay for 30 days; --restore brings them back. prune shows the runs that all of its rules ' +
    'take in, and with --yes moves them to the trash; runs in training and pinned ones always stay.',
  run([action, ...args], terminal) {
    const found = action === undefined ? undefined : ACTIONS.get(action);
    if (found) return found(args, terminal);
    const given = action === undefined ? 'nothing' : `"${action}"`;
    throw new InputError(
      `runs takes ${[...ACTIONS.keys()].join(', ')}: got ${given}\nUsage: noprop ${USAGES.join('\n       noprop ')}`,
    );
  },
};
