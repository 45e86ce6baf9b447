import type { Experiment } from '../../../src/core/experiment/experiment';
import type { TableHost } from '../../controls/sortTable';
import type { Theme } from '../../plot/theme';
import type { Editing } from '../../state/editing';
import type { LearnedView } from '../../state/learnedView';
import type { RunsState } from '../../state/runs';

/** What the sections of the Training tab use of their page. */
export interface TrainingPage {
  readonly experiment: Experiment | undefined;
  readonly editing: Editing;
  /** Whether the document cannot be edited at present. */
  readonly blocked: boolean;
  readonly runs: RunsState;
  /** What the run in view has learned. */
  readonly learned: LearnedView;
  readonly theme: Theme;
  /** What tables use. */
  readonly plots: TableHost;
  /** Draws the page in the next frame. */
  changed(): void;
}
