/** Every text of the host that is looked up, in order of the alphabet. */
export function hostTexts(folder?: string): string[];
/** Phrases of the host that are not looked up, with their file. */
export function unsaidTexts(folder?: string): string[];
/** Writes the bundle that translations begin from. */
export function writeTextBundle(file?: string): void;
