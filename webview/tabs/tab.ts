import type { TemplateResult } from 'lit';

/** A row of the lab's tab strip. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Asks for what the tab shows and is not known yet. Called when something changed, before it is drawn. */
  update?(): void;
  /** Draws the tab's panel. */
  render(): TemplateResult;
  /** Draws what is not HTML, after the panel. */
  draw(): void;
}
