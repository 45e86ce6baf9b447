import type { TemplateResult } from 'lit';
import type { SkipTarget } from '../controls/skipLink';

/** A row of the lab's tab strip. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Where its main part begins, where that is not a chart. */
  readonly skip?: SkipTarget;
  /** Asks for what the tab shows and is not known yet. Called when something changed, before it is drawn. */
  update?(): void;
  /** Draws the tab's panel. */
  render(): TemplateResult;
  /** Draws what is not HTML, after the panel. */
  draw(): void;
}
