/** A piece of a text on one height: how far its line stands above the text's own, and how large it is, in ems of it. */
export interface TextRun {
  readonly text: string;
  readonly rise: number;
  readonly size: number;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ';
const RAISED_AS = '0123456789+−=()niT';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ';
const LOWERED_AS = '0123456789+−=()aeoxhklmnpst';

/** How far raised and lowered characters are moved, and their size, as in print. */
const [RISE, DROP, SMALL] = [0.36, -0.16, 0.72];

const PIECES = new RegExp(`([${RAISED}]+)|([${LOWERED}]+)`, 'u');

const plainOf = (text: string, from: string, to: string) =>
  [...text].map((char) => [...to][[...from].indexOf(char)] ?? char).join('');

/**
 * A text as runs. The raised and lowered digits of Unicode become plain ones that are moved: few fonts have all of them,
 * and a digit taken from another font has another size and height.
 */
export function textRuns(text: string): TextRun[] {
  return text
    .split(PIECES)
    .map((piece, i): TextRun => {
      if (i % 3 === 1) return { text: plainOf(piece ?? '', RAISED, RAISED_AS), rise: RISE, size: SMALL };
      if (i % 3 === 2) return { text: plainOf(piece ?? '', LOWERED, LOWERED_AS), rise: DROP, size: SMALL };
      return { text: piece ?? '', rise: 0, size: 1 };
    })
    .filter((run) => run.text !== '');
}
