import type { Change } from '../../src/core/experiment/document';
import { type Experiment } from '../../src/core/experiment/experiment';
import { entryRow, withInputs } from '../../src/core/schedules/entry';
import { type ModifierEntry, type ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { entryProblems } from '../../src/core/schedules/definition';
import { checkValues, inRange, rangeText, type Parametric, type Values } from '../../src/core/registry/parameters';
import { modifierOf } from '../../src/core/schedules/modifiers';
import type { EntryProblem } from '../../src/core/schedules';

/** A path from the experiment's root to what is edited. */
export type Path = Change['path'];

/** What is edited and not in the document yet: being dragged or typed, refused, or on its way. */
interface Draft {
  readonly text: string;
  /** NaN for a text that is no number. */
  readonly value: number;
  readonly message?: string | undefined;
  readonly sent: boolean;
}

/** A row's parameters, and the values the experiment has for them. */
interface Group {
  readonly row: Parametric;
  readonly values: Values;
}

const keyOf = (path: Path) => path.join('/');

/** A number as a person types it; NaN where it is none. A true minus sign and a decimal comma are read too. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return plain === '' ? NaN : Number(plain);
}

/** The parameters that a path of a schedule or of one of its modifiers leads to; undefined where there are none. */
function groupAt({ schedules }: Experiment, [root, index, kind, k]: Path): Group | undefined {
  const entry = root === 'schedules' ? schedules[index as number] : undefined;
  if (entry && kind === 'params') return { row: entryRow(entry), values: entry.params };
  const modifier = kind === 'modifiers' ? entry?.modifiers[k as number] : undefined;
  return modifier && { row: modifierOf(modifier.id), values: modifier.params };
}

/** What is edited, over the experiment of the last snapshot. */
export class Drafts {
  private readonly rows = new Map<string, Draft>();
  /** Counts the changes, for what is made of the drafts to be kept until the next. */
  version = 0;

  /** What the field at a path shows where it differs from the document. */
  at(path: Path): Draft | undefined {
    return this.rows.get(keyOf(path));
  }

  set(path: Path, text: string): void {
    this.put(path, { text, value: parseNumber(text), sent: false });
  }

  drop(path: Path): void {
    this.rows.delete(keyOf(path));
    this.version++;
  }

  /** Drops the drafts under a path, or all. */
  clear(path: Path = []): void {
    const under = path.length ? `${keyOf(path)}/` : '';
    for (const key of this.rows.keys()) if (key.startsWith(under)) this.rows.delete(key);
    this.version++;
  }

  /** Drops what a new snapshot has made good. */
  settle(): void {
    for (const [key, { sent }] of this.rows) if (sent) this.rows.delete(key);
    this.version++;
  }

  /** The experiment with every draft that is allowed in it; the rest keep the last valid value. */
  over(experiment: Experiment): Experiment {
    if (!this.rows.size) return experiment;
    return {
      ...experiment,
      schedules: experiment.schedules.map((entry, i) => this.entryOver(entry, ['schedules', i])),
    };
  }

  /** What is wrong with a formula as it is typed; nothing where it is not being edited. */
  formulaProblems(experiment: Experiment, path: Path): readonly EntryProblem[] {
    const entry = experiment.schedules[path[1] as number];
    const draft = this.at(path);
    return entry && draft ? entryProblems(withInputs(entry, { ...entry.inputs, [path.at(-1)!]: draft.text })) : [];
  }

  /** The changes that put the drafts beside a path into the document; what is refused stays, with its message. */
  commit(experiment: Experiment, path: Path): Change[] {
    if (path[2] === 'inputs') return this.commitFormula(experiment, path);
    const group = groupAt(experiment, path);
    if (!group) return [];
    const { row, values } = group;
    const base = path.slice(0, -1);
    for (const [name, one] of Object.entries(row.parameters)) {
      const draft = this.at([...base, name]);
      if (!draft || (Number.isFinite(draft.value) && inRange(one, draft.value))) continue;
      const shown = draft.text.trim() === '' ? 'nothing' : draft.text;
      this.mark([...base, name], `${name} must be a number ${rangeText(one)}: got ${shown}`);
    }
    const params = this.values(group, base);
    const [cross] = checkValues(row, params);
    const names = Object.keys(params).filter((name) => params[name] !== values[name]);
    if (cross) {
      // Said where the value was typed, which may be another field than the one that is wrong now.
      const blamed = names.includes(cross.path[0] as string) ? (cross.path[0] as string) : path.at(-1)!;
      this.mark([...base, blamed], cross.message);
      return [];
    }
    for (const name of Object.keys(row.parameters)) {
      const at = [...base, name];
      const draft = this.at(at);
      if (draft && params[name] === draft.value)
        if (names.includes(name)) this.put(at, { ...draft, message: undefined, sent: true });
        else this.drop(at);
    }
    return names.map((name) => ({ path: [...base, name], value: params[name] }));
  }

  private commitFormula(experiment: Experiment, path: Path): Change[] {
    const draft = this.at(path);
    const entry = experiment.schedules[path[1] as number];
    if (!draft || !entry) return [];
    const error = this.formulaProblems(experiment, path).find(({ severity }) => severity === 'error');
    if (error) {
      this.mark(path, error.message);
      return [];
    }
    const after = withInputs(entry, { ...entry.inputs, [path.at(-1)!]: draft.text });
    if (draft.text === entry.inputs[path.at(-1)!]) {
      this.drop(path);
      return [];
    }
    this.put(path, { ...draft, message: undefined, sent: true });
    return [
      { path, value: draft.text },
      { path: [...path.slice(0, 2), 'params'], value: after.params },
    ];
  }

  private put(path: Path, draft: Draft): void {
    this.rows.set(keyOf(path), draft);
    this.version++;
  }

  private mark(path: Path, message: string): void {
    const draft = this.at(path);
    if (draft) this.put(path, { ...draft, message });
  }

  private entryOver(given: ScheduleEntry, at: Path): ScheduleEntry {
    let entry = given;
    for (const name of Object.keys(entry.inputs)) {
      const draft = this.at([...at, 'inputs', name]);
      const next = draft && withInputs(entry, { ...entry.inputs, [name]: draft.text });
      if (next && entryProblems(next).every(({ severity }) => severity !== 'error')) entry = next;
    }
    const params = this.allowed({ row: entryRow(entry), values: entry.params }, [...at, 'params']);
    const modifiers = entry.modifiers.map((one, k): ModifierEntry => {
      const base = [...at, 'modifiers', k, 'params'];
      const values = this.allowed({ row: modifierOf(one.id), values: one.params }, base);
      return values === one.params ? one : { ...one, params: values };
    });
    const same = modifiers.every((one, k) => one === entry.modifiers[k]);
    return params === entry.params && same ? entry : { ...entry, params, modifiers };
  }

  /** A group's values with its drafts, where they agree. */
  private allowed(group: Group, base: Path): Values {
    const values = this.values(group, base);
    return values === group.values || checkValues(group.row, values).length ? group.values : values;
  }

  /** A group's values with those drafts that are in their own range. */
  private values({ row, values }: Group, base: Path): Values {
    const drafted = Object.entries(row.parameters).flatMap(([name, one]) => {
      const draft = this.at([...base, name]);
      return draft && inRange(one, draft.value) ? [[name, draft.value] as const] : [];
    });
    return drafted.length ? { ...values, ...Object.fromEntries(drafted) } : values;
  }
}
