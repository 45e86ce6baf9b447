import { html, type TemplateResult } from 'lit';

/** A section of the Training tab under a heading of its own; `aside` stands at the heading's right. */
export const section = (id: string, title: string, content: unknown, aside?: unknown): TemplateResult =>
  html`<section class="part" id=${`part-${id}`} data-part=${id} aria-labelledby=${`part-title-${id}`}>
    <header>
      <h2 id=${`part-title-${id}`}>${title}</h2>
      <div class="aside">${aside}</div>
    </header>
    ${content}
  </section>`;
