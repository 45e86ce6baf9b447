import { html, nothing, type TemplateResult } from 'lit';
import { dataSentence, splitSentence, type DataPreview } from '../../../../src/core/datasets/preview/preview';
import { icon } from '../../../elements/icons';
import { memo } from '../../../plot/memo';
import { PlotGrid, type PlotHost } from '../../../plot/plotGrid';
import type { Theme } from '../../../plot/theme';
import type { RunsState } from '../../../state/runs';
import type { ViewState } from '../../../state/view';
import { section } from '../section';
import { classList } from './classList';
import { browse, type FilePage } from './chosenFile';
import type { DataQuery } from './dataQuery';
import { firstRows } from './firstRows';
import { pointsSpec } from './points';
import { sentenceOf } from './problemText';
import { thumbnails } from './thumbnails';

/** What the section of the data uses of its page. */
export interface DataSectionPage extends FilePage {
  readonly theme: Theme;
  readonly plots: PlotHost;
  readonly view: ViewState;
  readonly runs: Pick<RunsState, 'run'>;
}

/** The data, before anything is learned of them: their points or pictures, their classes and their first rows. */
export class DataSection {
  private readonly grid: PlotGrid;
  private readonly points = memo(pointsSpec);
  private readonly folded;

  constructor(
    private readonly page: DataSectionPage,
    private readonly query: DataQuery,
  ) {
    this.grid = new PlotGrid(page.plots);
    // open until there is something learned to look at, unless the person says otherwise
    this.folded = page.view.part<{ dataShown: 'auto' | 'yes' | 'no' }>({ dataShown: 'auto' });
  }

  private get isShown(): boolean {
    const { dataShown } = this.folded.value;
    return dataShown === 'auto' ? !this.page.runs.run : dataShown === 'yes';
  }

  render(): TemplateResult {
    const { value, error, busy } = this.query;
    const shown = this.isShown;
    return section(
      'data',
      'Data',
      html`${value ? this.sentence(value) : nothing}
      ${busy && !value ? html`<p class="empty" data-testid="reading-data">Reading the data…</p>` : nothing}
      ${error && !busy ? html`<p class="error-text" role="alert">${error}</p>` : nothing}
      ${value && shown ? html`<div class="grid pair ${busy ? 'stale' : ''}">${this.pictures(value)}</div>` : nothing}
      ${value?.images && shown ? firstRows(value) : nothing}`,
      html`<button type="button" class="link" data-testid="own-file" @click=${() => void browse(this.page)}>
          ${icon('folder-opened')} Use a file…
        </button>
        <button
          type="button"
          class="link"
          aria-expanded=${shown ? 'true' : 'false'}
          @click=${() => this.folded.set({ dataShown: shown ? 'no' : 'yes' })}
        >
          ${shown ? 'Hide' : 'Show'} the data
        </button>`,
    );
  }

  draw(): void {
    this.grid.draw();
  }

  private sentence(value: DataPreview): TemplateResult {
    const { problem, split } = value;
    return html`<p class="verdict" role="status" data-testid="data-sentence">
        ${value.rows ? `${dataSentence(value)}${split ? `: ${splitSentence(split)}` : ''}.` : nothing}
      </p>
      ${problem ? html`<p class="error-text" role="status" data-testid="data-problem">${sentenceOf(problem.message, this.page.editing.experiment!)}</p>` : nothing}`; // prettier-ignore
  }

  private pictures(value: DataPreview): unknown {
    const { theme } = this.page;
    const spec = this.points(value, theme);
    const { images } = value;
    const nothingToList = images !== undefined || !(value.head.cells.length || value.classes.length);
    const beside = nothingToList
      ? nothing
      : html`<section class="chart" aria-labelledby="title-classes">
          <header>
            <h2 id="title-classes">
              <span class="title">${value.classes.length ? 'Classes and first rows' : 'First rows'}</span>
            </h2>
          </header>
          ${classList(value, theme)} ${firstRows(value)}
        </section>`;
    return [images ? thumbnails(images, value.classes, theme) : nothing, this.grid.render(spec ? [spec] : []), beside];
  }
}
