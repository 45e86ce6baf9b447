import type { TemplateResult } from 'lit';

/** A row of the lab's tab strip. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Draws the tab's panel. */
  render(): TemplateResult;
  /** Draws what is not HTML, after the panel. */
  draw(): void;
}
