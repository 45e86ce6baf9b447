import type { TemplateResult } from 'lit';
import type { Explanation } from '../../src/core/registry/explanation';
import type { Numbers } from '../charts/numbers';
import type { Look, Picture } from './picture';

/** What a picture says of one of its lines at the cursor. */
export interface Reading {
  readonly label: string;
  readonly text: string;
  readonly color: string;
  readonly dash: readonly number[];
}

/** One picture of a tab: what it is called, what it shows, and in a sentence what that means. */
export interface Card {
  /** Names it for tests, files and its menu. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly picture: Picture;
  /** How it is looked at where its tab has a cursor. */
  readonly look?: Look | undefined;
  /** What it says at the cursor. */
  readonly readings?: readonly Reading[] | undefined;
  /** What its menu tells of it. */
  readonly explanations?: readonly Explanation[] | undefined;
  /** Which problem, seed and steps made it. */
  readonly problem?: string | undefined;
  /** Its numbers, where they are not those of its series. */
  readonly numbers?: (() => Numbers) | undefined;
  /** Whether its lines are named beside it (yes); its tab names them where not. */
  readonly keyed?: boolean | undefined;
  /** Something to choose, beside its title. */
  readonly choice?: TemplateResult | undefined;
  /** More of its height than others'. */
  readonly tall?: boolean | undefined;
  /** Alone in its row. */
  readonly wide?: boolean | undefined;
  /** The first of its tab: beside it stand two others. */
  readonly principal?: boolean | undefined;
}

/** The numbers of a card: its own, else two columns a series. */
export function numbersOf({ picture: { series, x, y }, numbers }: Card): Numbers {
  if (numbers) return numbers();
  const kept = series.filter(({ guide }) => !guide);
  return {
    names: kept.flatMap(({ label }) => [`${x.title} ${label}`, `${y.title} ${label}`]),
    columns: padded(kept.flatMap((row) => [Float64Array.from(row.x), Float64Array.from(row.y)])),
  };
}

/** Columns of one length, the longest's. */
function padded(columns: Float64Array[]): Float64Array[] {
  const length = Math.max(0, ...columns.map((column) => column.length));
  return columns.map((column) => Float64Array.from({ length }, (_, i) => column[i] ?? NaN));
}
