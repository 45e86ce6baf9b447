/** The commands of the palette that are tested with the tree of runs. */
export const RUNS_COMMANDS = [
  'noprop.clearOverlay',
  'noprop.deleteRun',
  'noprop.filterRuns',
  'noprop.groupRuns',
  'noprop.noteRun',
  'noprop.openRun',
  'noprop.pinRun',
  'noprop.renameRun',
  'noprop.restoreRun',
  'noprop.showAllRuns',
  'noprop.sortRuns',
  'noprop.stopAllTrainings',
  'noprop.tagRun',
  'noprop.unpinRun',
] as const;
