import { html, nothing, type TemplateResult } from 'lit';

/** A number of a figure that a person may give. */
export interface SizeField {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What is wrong with what was typed last, if anything. */
  readonly problem: string | undefined;
  /** What is in the field where that is not yet, or may not be, its value. */
  readonly text: string | undefined;
  /** Takes what is being typed; undefined once the field is left. */
  readonly typing: (text: string | undefined) => void;
  /** Takes what was typed; NaN where that is no number. */
  readonly typed: (value: number) => void;
}

/** What is wrong with a number; undefined where it is allowed. */
export const sizeProblem = (
  value: number,
  { min, max, unit }: Pick<SizeField, 'min' | 'max' | 'unit'>,
): string | undefined => (value >= min && value <= max ? undefined : `From ${min} to ${max} ${unit}.`);

/** A field for a size, with its unit; what is wrong with it stands below. */
export const sizeField = ({
  id,
  label,
  unit,
  value,
  min,
  max,
  step,
  problem,
  text,
  typing,
  typed,
}: SizeField): TemplateResult =>
  html`<label class="size" for=${id}>
      <span>${label}</span>
      <span
        ><input
          id=${id}
          type="number"
          min=${min}
          max=${max}
          step=${step}
          .value=${text ?? String(value)}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${`${id}-problem`}
          @input=${({ target }: Event) => typing((target as HTMLInputElement).value)}
          @blur=${() => problem === undefined && typing(undefined)}
          @change=${({ target }: Event) => typed((target as HTMLInputElement).valueAsNumber)}
        /><span class="unit">${unit}</span></span
      >
    </label>
    <p class="error-text" id=${`${id}-problem`} role="status">${problem ?? nothing}</p>`;
