import type { ShownImport } from '../core/imports';
import type { RunsSnapshot, Snapshot } from './hostCalls';
import type { TrainingProgress } from './progress';
import type { Call } from './rpc';

/** A run whose curves are laid over those of the run in view. */
export interface OverlaidRun {
  readonly id: string;
  /** What tells it from the others. */
  readonly title: string;
  /** Whether it predicts numbers, in place of classes. */
  readonly regression: boolean;
}

/** What the host may ask of a page. */
export interface PageCalls {
  /** Shows the experiment as it is now. */
  show: Call<[snapshot: Snapshot]>;
  /** Puts into the document what is typed in the page and waits for Enter. Answers when all edits of the page are in. */
  commit: Call;
  /** Shows the runs of the experiment as they are now. */
  runs: Call<[runs: RunsSnapshot]>;
  /** New metrics of a run in training, at most 20 times a second. */
  trained: Call<[progress: TrainingProgress]>;
  /** Shows what an import made of a file, until the person closes it. */
  report: Call<[report: ShownImport]>;
  /**
   * Shows a tab by its id, scrolled to a section of it where one is named, and starts what it is for where `start` is
   * set (from the command palette).
   */
  open: Call<[tab: string, start: boolean, section?: string | undefined]>;
  /** Looks at a run of the experiment, on the tab that shows what it learned. */
  look: Call<[run: string]>;
  /** Lays the curves of these runs over those of the run in view, in place of those before. */
  overlay: Call<[runs: readonly OverlaidRun[]]>;
  /** Opens the dialog that makes a figure for a paper of the charts in view (from the command palette). */
  figure: Call;
}
