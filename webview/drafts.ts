import type { Change } from '../src/core/document';
import type { Experiment, ScheduleEntry } from '../src/core/experiment';
import { checkValues, inRange, rangeText, scheduleFamily } from '../src/core/schedules';

/** A parameter's value that is not in the document yet: being dragged, refused, or on its way. */
interface Draft {
  readonly text: string;
  readonly value: number;
  readonly message?: string | undefined;
  readonly sent: boolean;
}

const keyOf = (index: number, name: string) => `${index}.${name}`;

/** A number as a person types it; NaN where it is none. A true minus sign and a decimal comma are read too. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return plain === '' ? NaN : Number(plain);
}

/** The values being edited, over the experiment of the last snapshot. */
export class Drafts {
  private readonly rows = new Map<string, Draft>();

  /** What the field of a parameter shows where it differs from the document. */
  at(index: number, name: string): Draft | undefined {
    return this.rows.get(keyOf(index, name));
  }

  set(index: number, name: string, text: string): void {
    this.rows.set(keyOf(index, name), { text, value: parseNumber(text), sent: false });
  }

  drop(index: number, name: string): void {
    this.rows.delete(keyOf(index, name));
  }

  /** Drops the drafts of a schedule, or all. */
  clear(index?: number): void {
    for (const key of this.rows.keys())
      if (index === undefined || key.startsWith(keyOf(index, ''))) this.rows.delete(key);
  }

  /** Drops what a new snapshot has made good. */
  settle(): void {
    for (const [key, { sent }] of this.rows) if (sent) this.rows.delete(key);
  }

  /** The experiment with every draft that is allowed in it; the rest keep the last valid value. */
  over(experiment: Experiment): Experiment {
    if (!this.rows.size) return experiment;
    const schedules = experiment.schedules.map((entry, i) => {
      const params = this.values(entry, i);
      const family = scheduleFamily(entry.id);
      return params === entry.params || checkValues(family, params).length ? entry : { ...entry, params };
    });
    return { ...experiment, schedules };
  }

  /** The changes that put a schedule's drafts into the document; what is refused stays, with its message. */
  commit(entry: ScheduleEntry, index: number, last: string): Change[] {
    const family = scheduleFamily(entry.id);
    for (const [name, row] of Object.entries(family.parameters)) {
      const draft = this.at(index, name);
      if (!draft || (Number.isFinite(draft.value) && inRange(row, draft.value))) continue;
      const shown = draft.text.trim() === '' ? 'nothing' : draft.text;
      this.mark(index, name, `${name} must be a number ${rangeText(row)}: got ${shown}`);
    }
    const params = this.values(entry, index);
    const [cross] = checkValues(family, params);
    const names = Object.keys(params).filter((name) => params[name] !== entry.params[name]);
    if (cross) {
      // Said where the value was typed, which may be the other field of the two.
      const blamed = names.includes(cross.path[0] as string) ? (cross.path[0] as string) : last;
      this.mark(index, blamed, cross.message);
      return [];
    }
    for (const name of Object.keys(family.parameters)) {
      const draft = this.at(index, name);
      if (draft && params[name] === draft.value)
        if (names.includes(name)) this.rows.set(keyOf(index, name), { ...draft, message: undefined, sent: true });
        else this.drop(index, name);
    }
    return names.map((name) => ({ path: ['schedules', index, 'params', name], value: params[name] }));
  }

  private mark(index: number, name: string, message: string): void {
    const draft = this.at(index, name);
    if (draft) this.rows.set(keyOf(index, name), { ...draft, message });
  }

  /** An entry's values with those drafts that are in their own range. */
  private values(entry: ScheduleEntry, index: number): ScheduleEntry['params'] {
    const drafted = Object.entries(scheduleFamily(entry.id).parameters).flatMap(([name, row]) => {
      const draft = this.at(index, name);
      return draft && inRange(row, draft.value) ? [[name, draft.value] as const] : [];
    });
    return drafted.length ? { ...entry.params, ...Object.fromEntries(drafted) } : entry.params;
  }
}
