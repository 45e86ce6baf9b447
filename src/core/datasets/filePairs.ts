/** Names of files that hold x alone, and what stands for y in them. */
const X_NAMES: readonly (readonly [x: RegExp, y: string])[] = [
  [/(^|[^a-z])x(?![a-z])/i, '$1y'],
  [/images/i, 'labels'],
  [/(features|data)/i, 'labels'],
];

/** The same of files that hold y. */
const Y_NAMES: readonly (readonly [y: RegExp, x: string])[] = [
  [/(^|[^a-z])y(?![a-z])/i, '$1x'],
  [/labels?/i, 'images'],
  [/targets?/i, 'data'],
];

const renamed = (name: string, rows: typeof X_NAMES): string | undefined => {
  const row = rows.find(([from]) => from.test(name));
  return row && name.replace(...row);
};

/** Whether a file is called as one that holds y is. */
export const isLabelFile = (name: string): boolean =>
  renamed(name, X_NAMES) === undefined && renamed(name, Y_NAMES) !== undefined;

/** A file of an array with the other of its pair, which is called alike. */
export const filePair = (name: string): { readonly x: string; readonly y: string } =>
  isLabelFile(name) ? { x: renamed(name, Y_NAMES)!, y: name } : { x: name, y: renamed(name, X_NAMES) ?? 'y.npy' };
