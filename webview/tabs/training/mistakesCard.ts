import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Evaluation, Mistakes } from '../../../src/core/runs/evaluationResults';
import { formatNumber } from '../../../src/core/text/format';
import { SortTable, type Column, type TableHost } from '../../controls/sortTable';
import { tableCard } from '../../controls/tableCard';
import { memo } from '../../plot/memo';
import type { Theme } from '../../plot/theme';
import { thumbnail } from './data/thumbnails';

const TITLE = 'What it gets wrong';

/** One row of the table: its number among those that are told of. */
type Row = number;

/** The columns of rows that are no images. */
function columnsOf({ features, values, ids, truth, given, probabilities }: Mistakes, classes: readonly string[]) {
  const d = features.length;
  return [
    { title: 'row', cell: (i: Row) => ids[i]! + 1, show: (i: Row) => String(ids[i]! + 1) },
    ...features.map((title, j): Column<Row> => ({
      title,
      cell: (i) => values[i * d + j]!,
      show: (i) => formatNumber(values[i * d + j]!),
    })),
    { title: 'true', cell: (i: Row) => classes[truth[i]!]! },
    { title: 'given', cell: (i: Row) => classes[given[i]!]! },
    {
      title: 'probability',
      cell: (i: Row) => probabilities[i]!,
      show: (i: Row) => percent(probabilities[i]!),
      hint: 'How probable the given class is held',
    },
  ] satisfies readonly Column<Row>[];
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** The test rows that get a wrong class: as pictures where they are images, else as rows of a table. */
export class MistakesCard {
  private readonly table: SortTable<Row>;
  private readonly parts = memo((mistakes: Mistakes, classes: readonly string[]) => ({
    columns: columnsOf(mistakes, classes),
    rows: Array.from(mistakes.ids.keys()),
  }));

  constructor(host: TableHost) {
    this.table = new SortTable(host, 'mistakes', 10);
  }

  /** Draws the card; `wide` where it has a row of its own. */
  render({ mistakes, classes, rows: tested }: Evaluation, theme: Theme, wide: boolean): TemplateResult | undefined {
    if (!mistakes) return undefined;
    const { count, ids, images } = mistakes;
    const first = count > ids.length ? `, the first ${ids.length} of them here` : '';
    const about = `${count || 'None'} of ${tested} test rows${first}.`;
    if (images) return this.pictures(mistakes, images, classes, theme, { about, wide });
    const { columns, rows } = this.parts(mistakes, classes);
    if (!count) return this.card(wide, about, nothing);
    return tableCard(this.table, { id: 'mistakes-rows', title: TITLE, about, columns, rows, wide });
  }

  private pictures(
    { count, truth, given, probabilities, ids }: Mistakes,
    { width, height, pixels }: NonNullable<Mistakes['images']>,
    classes: readonly string[],
    theme: Theme,
    { about, wide }: { readonly about: string; readonly wide: boolean },
  ): TemplateResult {
    const size = width * height;
    const card = (i: Row) => {
      const [right, wrong] = [classes[truth[i]!]!, classes[given[i]!]!];
      const words = `Row ${ids[i]! + 1}: true ${right}, given ${wrong} with a probability of ${percent(probabilities[i]!)}`;
      const picture = { width, height, pixels: pixels.subarray(i * size, (i + 1) * size) };
      return html`<li title=${words}>
        ${thumbnail(picture, theme, words)}
        <span aria-hidden="true">${right} → <b>${wrong}</b></span>
      </li>`;
    };
    return this.card(
      wide,
      count ? `${about} The true class, then the one given.` : about,
      html`<ul class="mistakes">
        ${guard([ids, theme], () => Array.from(ids.keys(), card))}
      </ul>`,
    );
  }

  private card(wide: boolean, about: string, content: unknown): TemplateResult {
    return html`<section class="chart ${wide ? 'wide' : ''}" aria-labelledby="title-mistakes" data-testid="mistakes">
      <header>
        <h2 id="title-mistakes"><span class="title">${TITLE}</span></h2>
      </header>
      <p class="about-line">${about}</p>
      ${content}
    </section>`;
  }
}
