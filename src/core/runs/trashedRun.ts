/** A run that was deleted, and can be brought back. */
export interface TrashedRun {
  /** What it is called in the trash. */
  readonly entry: string;
  readonly id: string;
  /** Its experiment's name; its id where its record cannot be read. */
  readonly name: string;
  readonly seed?: number | undefined;
  /** ISO 8601. */
  readonly started?: string | undefined;
  readonly deleted: string;
}
