import type { Experiment } from '../../src/core/experiment/experiment';

export type Path = readonly (string | number)[];

/** Values that are being dragged, by their path in the experiment: drawn over it, and not in the document yet. */
export class Previews {
  private readonly rows = new Map<string, { readonly path: Path; readonly value: unknown }>();

  /** Counts the changes. */
  version = 0;

  set(path: Path, value: unknown): void {
    this.version++;
    this.rows.set(path.join('.'), { path, value });
  }

  drop(path: Path): void {
    this.version++;
    this.rows.delete(path.join('.'));
  }

  over(experiment: Experiment): Experiment {
    let shown: unknown = experiment;
    for (const { path, value } of this.rows.values()) shown = withValue(shown, path, value);
    return shown as Experiment;
  }
}

/** A copy of objects and lists with another value at a path. */
function withValue(part: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = withValue((part as Record<string | number, unknown> | undefined)?.[key], rest, value);
  if (Array.isArray(part)) return part.map((one: unknown, i) => (i === key ? inner : one));
  return { ...(part as object | undefined), [key]: inner };
}
