import { rangeText, type Parameter } from '../registry/parameters';

interface Named {
  readonly title: string;
  readonly summary: string;
}

/** One of a few named options. */
export interface ChoiceInput extends Named {
  readonly kind: 'choice';
  readonly options: readonly (Named & { readonly id: string })[];
  /** An id of `options`. */
  readonly default: string;
}

/** A list of numbers, each in a range, both ends included unless `open` names them. */
export interface NumbersInput extends Named, Pick<Parameter, 'min' | 'max' | 'open'> {
  readonly kind: 'numbers';
  /** What the numbers are called where they are counted; rows of a table where absent. */
  readonly noun?: string;
  /** How many numbers in turn make one of what is counted; 1 where absent. */
  readonly together?: number;
  /** What a text of them may be; numbers, CSV or a JSON list where absent. */
  readonly formats?: string;
  /** Whether the numbers say nothing to a person: a page then tells how many there are, in place of them. */
  readonly opaque?: true;
  readonly minLength: number;
  readonly maxLength: number;
  readonly default: readonly number[];
}

/** A formula, as text. */
export interface FormulaInput extends Named {
  readonly kind: 'formula';
  readonly default: string;
  /** A formula to begin with for every option of the choice named `by`. */
  readonly examples?: { readonly by: string; readonly formulas: Readonly<Record<string, string>> };
}

/** What a family takes beside numbers that a slider can move. */
export type Input = ChoiceInput | NumbersInput | FormulaInput;
export type Inputs = Readonly<Record<string, Input>>;
export type InputValue = string | readonly number[];
export type InputValues = Readonly<Record<string, InputValue>>;

/** The inputs of a family at their defaults; none where it takes none. */
export const defaultInputs = ({ inputs = {} }: { readonly inputs?: Inputs }): InputValues =>
  Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, input.default]));

/** What a list of numbers may be, in words. */
export const listText = ({ min, max, open, minLength, maxLength }: NumbersInput): string =>
  `a list of ${minLength} to ${maxLength} numbers ${rangeText({ min, max, ...(open && { open }) })}`;
