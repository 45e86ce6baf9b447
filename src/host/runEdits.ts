import path from 'node:path';
import type { NotesChange } from '../core/runs/notes';
import type { TrashedRun } from '../core/runs/trashedRun';
import type { Caller } from '../protocol/rpc';
import type { TrainerCalls } from '../protocol/trainerCalls';
import type { RunPlaces } from './runFolders';

/** A deleted run, and the folder of runs in whose trash it is. */
export interface DeletedRun {
  readonly runs: string;
  readonly entry: string;
}

/** What is changed of runs that are stored. Each change is read again before it is done. */
export class RunEdits {
  constructor(
    private readonly trainer: Caller<TrainerCalls>,
    private readonly folders: RunPlaces,
    private readonly read: () => Promise<void>,
  ) {}

  /** Moves a run to the trash beside the runs. Rejects where it is being trained. */
  async remove(run: string): Promise<DeletedRun> {
    const folder = this.folders.folderOf(run);
    const entry = await this.trainer.call('remove', [folder]);
    await this.read();
    return { runs: path.dirname(folder), entry };
  }

  /** Brings deleted runs back. */
  async restore(deleted: readonly DeletedRun[]): Promise<void> {
    try {
      for (const { runs, entry } of deleted) await this.trainer.call('restore', [runs, entry]);
    } finally {
      await this.read();
    }
  }

  /** The runs that can be brought back, the last deleted first. */
  async deleted(): Promise<readonly (TrashedRun & DeletedRun)[]> {
    const found = await Promise.all(
      this.folders.all.map(async (runs) => (await this.trainer.call('trash', [runs])).map((one) => ({ ...one, runs }))),
    );
    return found.flat().sort((a, b) => b.deleted.localeCompare(a.deleted));
  }

  /** Changes what is said of some runs. */
  async note(runs: readonly string[], change: NotesChange): Promise<void> {
    try {
      for (const run of runs) await this.trainer.call('note', [this.folders.folderOf(run), change]);
    } finally {
      await this.read();
    }
  }

  /** Makes what is damaged of a run again of its other files. */
  async mend(run: string): Promise<void> {
    await this.trainer.call('mend', [this.folders.folderOf(run)]);
    await this.read();
  }
}
