/** A placeholder for a list of numbers while the text around it is laid out: the layout gives every number a line. */
const HELD = /"\uE000(\d+)"/g;

/** A value with its lists of numbers put aside into `lists`, each as it is to be written: on one line. */
export function holdLists(value: unknown, lists: string[]): unknown {
  if (Array.isArray(value) && value.length && value.every((one) => typeof one === 'number')) {
    lists.push(`[${value.join(', ')}]`);
    return `\uE000${lists.length - 1}`;
  }
  if (Array.isArray(value)) return value.map((one) => holdLists(one, lists));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, holdLists(one, lists)]));
}

/** A text with the lists back in their places. */
export const putLists = (text: string, lists: readonly string[]): string =>
  text.replace(HELD, (_, index: string) => lists[Number(index)]!);
