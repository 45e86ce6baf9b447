/** What a picture of results is: its equation, the number of that where it has one, and a plain sentence. */
export interface Explanation {
  readonly title: string;
  readonly sentence: string;
  /** In LaTeX. */
  readonly equation: string;
  readonly number: string;
}
