/** Characters that stand for no text, so that one which a text does not hold is at hand. */
const PRIVATE = { first: 0xe000, last: 0xf8ff } as const;

/** Lists of numbers that are put aside while the text around them is laid out: the layout gives every number a line. */
export class HeldLists {
  private readonly lists: string[] = [];
  private readonly mark: string;

  /** `texts` are all those that the lists are put into: what stands for a list occurs in none of them. */
  constructor(texts: readonly string[]) {
    let code: number = PRIVATE.first;
    while (code < PRIVATE.last && texts.some((text) => text.includes(String.fromCharCode(code)))) code++;
    this.mark = String.fromCharCode(code);
  }

  /** A value with its lists of numbers put aside, each as it is to be written: on one line. */
  hold(value: unknown): unknown {
    if (Array.isArray(value) && value.length && value.every((one) => typeof one === 'number')) {
      this.lists.push(`[${value.join(', ')}]`);
      return `${this.mark}${this.lists.length - 1}`;
    }
    if (Array.isArray(value)) return value.map((one) => this.hold(one));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.hold(one)]));
  }

  /** The text with the lists back in their places. */
  putBack(text: string): string {
    return text.replace(
      new RegExp(`"${this.mark}(\\d+)"`, 'g'),
      (held, index: string) => this.lists[Number(index)] ?? held,
    );
  }
}
