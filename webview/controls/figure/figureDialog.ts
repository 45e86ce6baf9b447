import { html, nothing, type TemplateResult } from 'lit';
import { messageOf } from '../../../src/core/registry/problem';
import { iconButton } from '../../elements/icons';
import { memo } from '../../plot/memo';
import type { PaperChart, PaperChoice } from '../../plot/paper/paperLayout';
import { makeFigure } from '../../plot/paper/paperMaker';
import { base64Of, copyPicture, paperPng, svgAddress } from '../../plot/paper/paperPng';
import { PAPER } from '../../plot/paper/paperTheme';
import type { Pictures } from '../../plot/plotMenu';
import type { Theme } from '../../plot/theme';
import type { Request } from '../../state/host';
import type { ViewPart, ViewState } from '../../state/view';
import { FIRST_CHOICE } from './figureChoice';
import { FigureSettings } from './figureSettings';

/** What the dialog uses of its page. */
export interface FigurePage {
  /** The charts of the page as they are now, in the colours of a theme. */
  charts(theme: Theme): readonly PaperChart[];
  readonly view: ViewState;
  readonly request: Request;
  readonly plots: { fileName(): string };
  readonly changed: () => void;
  drawNow(): void;
  readonly fail: (error: unknown) => void;
}

const element = () => document.querySelector<HTMLDialogElement>('dialog.figure');

/** How long a page may take to have its first chart, in ms. */
const PATIENCE = 5000;

/** What to do where a picture could not be copied. */
const notCopied = (error: unknown) =>
  new Error(`The picture was not copied: ${messageOf(error).replace(/\.$/, '')}. Save it as PNG instead.`);

/** The dialog that makes a figure for a paper of the charts of a page, and pictures of single charts. */
export class FigureDialog implements Pictures {
  private charts: readonly PaperChart[] | undefined;
  private chosen: ReadonlySet<string> = new Set();
  private status = '';
  private failed = false;
  private readonly part: ViewPart<{ figure: PaperChoice }>;
  private readonly settings: FigureSettings;
  private readonly figureOf = memo((charts: readonly PaperChart[], ids: string, choice: PaperChoice) => {
    const some = charts.filter(({ spec }) => ids.split(' ').includes(spec.id));
    return some.length ? makeFigure(some, choice) : undefined;
  });

  constructor(private readonly page: FigurePage) {
    this.part = page.view.part<{ figure: PaperChoice }>({ figure: FIRST_CHOICE });
    this.settings = new FigureSettings((choice) => this.part.set({ figure: choice }), page.changed);
  }

  /** Opens the dialog with a chart chosen, or the first of the page. */
  open(id?: string): void {
    // as they are at this moment: a training that goes on does not change what is being looked at
    const charts = this.page.charts(PAPER);
    const first = charts.find(({ spec }) => spec.id === id) ?? charts[0];
    if (!first) {
      this.page.fail(new Error('This tab has no chart yet to make a figure of.'));
      return;
    }
    this.charts = charts;
    this.chosen = new Set([first.spec.id]);
    this.status = '';
    this.settings.forget();
    this.page.drawNow();
    if (!element()?.open) element()?.showModal();
  }

  /** Opens the dialog once the page has a chart: one that has just come to sight has none yet. Says so where none comes. */
  openSoon(until = performance.now() + PATIENCE): void {
    if (this.page.charts(PAPER).length || performance.now() >= until) this.open();
    else setTimeout(() => this.openSoon(until), 100);
  }

  /** Copies a picture of one chart, as wide as the last figure was. */
  copy(id: string): void {
    const chart = this.page.charts(PAPER).find(({ spec }) => spec.id === id);
    this.page.changed();
    if (!chart) return;
    const { layout, svg } = makeFigure([chart], { ...this.part.value.figure, height: undefined });
    copyPicture(paperPng(svg, layout.millimetres)).catch((error: unknown) => this.page.fail(notCopied(error)));
  }

  /** The dialog while it is open. */
  render(): TemplateResult | typeof nothing {
    const { charts, chosen, part } = this;
    if (!charts) return nothing;
    const choice = part.value.figure;
    const made = this.figureOf(charts, [...chosen].join(' '), choice);
    return html`<dialog class="figure" data-testid="figure" aria-labelledby="figure-title" @close=${() => this.close()}>
      <header>
        <h2 id="figure-title">Figure for paper</h2>
        ${iconButton('close', 'Close', () => element()?.close())}
      </header>
      <div class="parts">
        <div class="choices">${this.chartList(charts)} ${this.settings.render(choice, made?.layout)}</div>
        <div class="preview" data-testid="preview">
          ${
            made
              ? html`<img
                    src=${svgAddress(made.svg)}
                    alt=${`Preview: ${charts
                      .filter(({ spec }) => chosen.has(spec.id))
                      .map(({ spec }) => spec.title)
                      .join('; ')}`}
                  />
                  <p>${sizeText(made.layout.millimetres)}</p>`
              : html`<p class="empty">Choose at least one chart.</p>`
          }
        </div>
      </div>
      <footer>
        <button type="button" class="primary" autofocus ?disabled=${!made} @click=${() => void this.saveSvg()}>
          Save as SVG
        </button>
        ${this.button('Save as PNG, 300 dpi', made !== undefined, () => this.savePng())}
        ${this.button('Copy picture', made !== undefined, () => this.copyShown())}
        ${this.button('Copy SVG text', made !== undefined, () => this.copySvg())}
        <p class=${this.failed ? 'error-text' : ''} role="status">${this.status}</p>
      </footer>
    </dialog>`;
  }

  private button(label: string, enabled: boolean, act: () => Promise<void>): TemplateResult {
    return html`<button type="button" class="secondary" ?disabled=${!enabled} @click=${() => void act()}>
      ${label}
    </button>`;
  }

  private chartList(charts: readonly PaperChart[]): TemplateResult {
    const several = this.chosen.size > 1;
    const letters = new Map([...charts.filter(({ spec }) => this.chosen.has(spec.id))].map(({ spec }, k) => [spec.id, String.fromCharCode(97 + k)])); // prettier-ignore
    const toggle = (id: string) => {
      const next = new Set(this.chosen);
      if (!next.delete(id)) next.add(id);
      this.chosen = next;
      this.status = '';
      this.page.changed();
    };
    return html`<fieldset class="checks">
      <legend>Charts</legend>
      ${charts.map(
        ({ spec: { id, title } }) =>
          html`<label
            ><input type="checkbox" value=${id} .checked=${this.chosen.has(id)} @change=${() => toggle(id)} />
            <span>${several && letters.has(id) ? html`<b>(${letters.get(id)})</b> ` : nothing}${title}</span></label
          >`,
      )}
    </fieldset>`;
  }

  private close(): void {
    this.charts = undefined;
    this.page.changed();
  }

  private get made() {
    const { charts, chosen, part } = this;
    return charts && this.figureOf(charts, [...chosen].join(' '), part.value.figure);
  }

  /** What a saved figure is called: the experiment, and the chart where it is one. */
  private get name(): string {
    const [id] = this.chosen;
    return `${this.page.plots.fileName()}-${this.chosen.size === 1 ? id : 'figure'}`;
  }

  private saveSvg(): Promise<void> {
    return this.act(async ({ svg }) => {
      const saved = await this.page.request('saveFile', [{ name: `${this.name}.svg`, content: svg, encoding: 'utf8' }]);
      return saved ? 'Saved as SVG.' : '';
    });
  }

  private savePng(): Promise<void> {
    return this.act(async ({ svg, layout }) => {
      const content = base64Of(await paperPng(svg, layout.millimetres));
      const saved = await this.page.request('saveFile', [{ name: `${this.name}.png`, content, encoding: 'base64' }]);
      return saved ? 'Saved as PNG.' : '';
    });
  }

  private copyShown(): Promise<void> {
    return this.act(async ({ svg, layout }) => {
      await copyPicture(paperPng(svg, layout.millimetres)).catch((error: unknown) => {
        throw notCopied(error);
      });
      return 'The picture is on the clipboard.';
    });
  }

  private copySvg(): Promise<void> {
    return this.act(async ({ svg }) => {
      await this.page.request('copy', [svg]);
      return 'The text of the SVG is on the clipboard.';
    });
  }

  /** Does something with the figure, and says in the dialog how it went: the page's own messages are behind it. */
  private async act(what: (made: NonNullable<FigureDialog['made']>) => Promise<string>): Promise<void> {
    const { made } = this;
    if (!made) return;
    this.say('');
    try {
      this.say(await what(made));
    } catch (error) {
      this.say(messageOf(error), true);
    }
  }

  private say(status: string, failed = false): void {
    this.status = status;
    this.failed = failed;
    this.page.changed();
  }
}

const sizeText = ({ width, height }: { readonly width: number; readonly height: number }) => `${width} × ${height} mm`;
