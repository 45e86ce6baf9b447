import { html, type TemplateResult } from 'lit';
import { LETTERS, presets, SIDES } from '../../plot/paper/sizes';
import type { PaperChoice, PaperLayout } from '../../plot/paper/paperLayout';
import { presetOf, withPreset } from './figureChoice';
import { sizeField, sizeProblem, type SizeField } from './sizeField';

/** Most charts beside each other. */
const COLUMNS = 4;

/** The size, the letters and the rows of a figure. */
export class FigureSettings {
  /** What is wrong with what was typed, by field. */
  private readonly problems = new Map<string, string>();
  /** What is typed and not taken, by field: what is drawn meanwhile must not write over it. */
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly set: (choice: PaperChoice) => void,
    private readonly changed: () => void,
  ) {}

  /** Forgets what was typed wrongly. */
  forget(): void {
    this.problems.clear();
    this.texts.clear();
  }

  /** The fields; `layout` has what follows from the charts where there are some. */
  render(choice: PaperChoice, layout: PaperLayout | undefined): TemplateResult {
    const take = (change: Partial<PaperChoice>) => this.set({ ...choice, ...change });
    const height = layout?.millimetres.height ?? choice.height ?? SIDES.min;
    const least = layout?.least ?? SIDES.min;
    const of = (field: Omit<SizeField, 'problem' | 'text' | 'typing' | 'typed'>, done: (value: number) => void) =>
      sizeField({
        ...field,
        problem: this.problems.get(field.id),
        text: this.texts.get(field.id),
        typing: (text) => void (text === undefined ? this.texts.delete(field.id) : this.texts.set(field.id, text)),
        typed: (value) => {
          const problem = sizeProblem(value, field);
          if (problem) {
            this.problems.set(field.id, problem);
            this.changed();
            return;
          }
          this.problems.delete(field.id);
          this.texts.delete(field.id);
          done(value);
        },
      });
    return html`${this.presetList(choice)}
      <div class="sizes">
        ${of({ id: 'figure-width', label: 'Width', unit: 'mm', value: choice.width, ...SIDES, step: 1 }, (width) => take({ width }))}
        ${of({ id: 'figure-height', label: 'Height', unit: 'mm', value: height, min: least, max: SIDES.max, step: 1 }, (value) => take({ height: value }))}
        ${of({ id: 'figure-letters', label: 'Type size', unit: 'pt', value: choice.letters, ...LETTERS, step: 0.5 }, (letters) => take({ letters }))}
        ${columnList(choice, layout, (columns) => take({ columns }))}
      </div>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${choice.titles}
          @change=${({ target }: Event) => take({ titles: (target as HTMLInputElement).checked })}
        />
        Titles above charts</label
      >`;
  }

  private presetList(choice: PaperChoice): TemplateResult {
    const chosen = presetOf(choice);
    const choose = (preset: (typeof presets)[number]) => {
      this.forget();
      this.set(withPreset(choice, preset));
    };
    return html`<fieldset class="presets">
      <legend>Made for</legend>
      ${presets.map(
        (preset) =>
          html`<label
            ><input
              type="radio"
              name="figure-preset"
              value=${preset.id}
              .checked=${preset === chosen}
              @change=${() => choose(preset)}
            />
            ${preset.title}
            <span class="unit"
              >${preset.width}${preset.height === undefined ? '' : ` × ${preset.height}`} mm</span
            ></label
          >`,
      )}
    </fieldset>`;
  }
}

/** How many charts stand beside each other. */
const columnList = (
  { columns }: PaperChoice,
  layout: PaperLayout | undefined,
  take: (columns: number | undefined) => void,
): TemplateResult => {
  const counts = Array.from({ length: COLUMNS }, (_, i) => i + 1);
  const own = layout && columns === undefined ? ` (${layout.columns})` : '';
  return html`<label class="size" for="figure-columns">
    <span>Charts a row</span>
    <select
      id="figure-columns"
      @change=${({ target }: Event) => take(Number((target as HTMLSelectElement).value) || undefined)}
    >
      <option value="" .selected=${columns === undefined}>Auto${own}</option>
      ${counts.map((count) => html`<option value=${count} .selected=${columns === count}>${count}</option>`)}
    </select>
  </label>`;
};
