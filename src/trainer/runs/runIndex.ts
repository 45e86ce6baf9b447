import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { COMPARISONS } from '../../core/runs/ids';
import { RUN_FORMAT } from '../../core/runs/record';
import { byAge, summaryOf, type DamagedRun, type RunList, type RunSummary } from '../../core/runs/runList';
import { folderError, inspectRun, RUN_FILES, unreadableRun, type KnownExperiments } from './inspectRun';
import { isDeserted, readRecord } from './runFolder';
import { writeAtomically } from './writeAtomically';

/** The file of an index in the folder of the runs. It only saves work: without it everything is read again. */
const INDEX = '.index.json';

/** Another index is made anew. */
const FORMAT = `2 of run format ${RUN_FORMAT}`;

/** How many runs must have been read before an index is worth its writing, and how many are read at a time. */
const [WORTH, AT_ONCE] = [16, 16];

/** What is known of one folder. */
interface Entry {
  /** Sizes and times of the files that it was made of. */
  readonly signature: string;
  /** As it stands in run.json; a run that is no more says "running" there. */
  readonly stored?: RunSummary | undefined;
  readonly damaged?: DamagedRun | undefined;
}

/** What was last told of a run: which state, and at which count of changes. */
interface Told {
  readonly row: RunSummary;
  readonly stored: RunSummary;
  readonly change: number;
}

/** The runs in a folder: keeps what it has read in memory and in a file, and reads again only folders that have changed. */
export class RunIndex {
  private readonly name = randomUUID();
  private entries: ReadonlyMap<string, Entry> | undefined;
  private readonly told = new Map<string, Told>();
  private readonly gone = new Map<string, number>();
  private changes = 0;
  private unwritten = 0;
  private latest: Promise<unknown> = Promise.resolve();

  constructor(private readonly folder: string) {}

  /** All runs, or what has changed since a list of this index with the revision `since`. */
  list(since?: string): Promise<RunList> {
    // one after the other: each continues from what the one before has read
    const listed = this.latest.then(() => this.read(since));
    this.latest = listed.catch(() => undefined);
    return listed;
  }

  private async read(since: string | undefined): Promise<RunList> {
    this.entries = await this.update(this.entries ?? (await this.readIndex()));
    await this.writeIndex();
    await this.tell(this.entries);
    const [name, change] = since?.split(' ') ?? [];
    const from = name === this.name ? Number(change) : -1;
    return {
      revision: `${this.name} ${this.changes}`,
      whole: from < 0,
      rows: [...this.told.values()].filter((one) => one.change > from).map(({ row }) => row).sort(byAge), // prettier-ignore
      gone: from < 0 ? [] : [...this.gone].filter(([, at]) => at > from).map(([id]) => id),
      damaged: [...this.entries.values()].flatMap(({ damaged }) => damaged ?? []),
    };
  }

  /** Notes which rows are new, changed or gone. */
  private async tell(entries: ReadonlyMap<string, Entry>): Promise<void> {
    const change = this.changes + 1;
    for (const id of this.told.keys())
      if (!entries.get(id)?.stored) {
        this.told.delete(id);
        this.gone.set(id, change);
      }
    for (const [id, { stored }] of entries) {
      const before = this.told.get(id);
      if (!stored) continue;
      const row = stored.state === 'running' ? await this.runningRow(id, stored, before) : stored;
      if (before?.stored === stored && before.row.state === row.state) continue;
      this.told.set(id, { row, stored, change });
      this.gone.delete(id);
    }
    const last = [...this.told.values()].some((one) => one.change === change) || [...this.gone.values()].includes(change); // prettier-ignore
    if (last) this.changes = change;
  }

  /** A run that says it is in training as it is now. */
  private async runningRow(id: string, stored: RunSummary, before: Told | undefined): Promise<RunSummary> {
    const run = path.join(this.folder, id);
    if (!(await isDeserted(run, stored))) return stored;
    if (before?.stored === stored && before.row.state !== 'running') return before.row;
    // its files may be behind its last save
    return readRecord(run).then(summaryOf, () => ({ ...stored, state: 'interrupted' }) as const);
  }

  /** What is known after a look at every folder. */
  private async update(before: ReadonlyMap<string, Entry>): Promise<ReadonlyMap<string, Entry>> {
    const found = await fs.readdir(this.folder, { withFileTypes: true }).catch(() => []);
    const ids = found
      .filter((one) => one.isDirectory() || one.isSymbolicLink())
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.') && name !== COMPARISONS);
    const after = new Map<string, Entry>();
    const changed: [id: string, files: Files][] = [];
    for (const id of ids) {
      const files = filesOf(path.join(this.folder, id));
      const known = before.get(id);
      if (known?.signature === files.signature) after.set(id, known);
      else changed.push([id, files]);
    }
    const experiments: KnownExperiments = new Map();
    const next = async (): Promise<void> => {
      for (let one = changed.pop(); one; one = changed.pop()) {
        const [id, files] = one;
        const { record, damaged } = await look(path.join(this.folder, id), files, experiments);
        const stored = record && summaryOf(record);
        if (stored ?? damaged) after.set(id, { signature: files.signature, stored, damaged });
        this.unwritten++;
      }
    };
    if (after.size !== before.size) this.unwritten++;
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return after;
  }

  private async readIndex(): Promise<ReadonlyMap<string, Entry>> {
    try {
      const { format, rows } = JSON.parse(await fs.readFile(path.join(this.folder, INDEX), 'utf8')) as IndexFile;
      if (format === FORMAT)
        return new Map(rows.map(([id, signature, stored, damaged]) => [id, { signature, stored: stored ?? undefined, damaged: damaged ?? undefined }])); // prettier-ignore
    } catch {
      // there is none yet, or it is broken: it is made again
    }
    return new Map();
  }

  private async writeIndex(): Promise<void> {
    if (this.unwritten < WORTH) return;
    this.unwritten = 0;
    const rows: IndexFile['rows'] = [...this.entries!].map(([id, { signature, stored, damaged }]) => [id, signature, stored ?? null, damaged ?? null]); // prettier-ignore
    const text = JSON.stringify({ format: FORMAT, rows } satisfies IndexFile);
    await writeAtomically(path.join(this.folder, INDEX), text).catch(() => undefined); // the folder may be read-only
  }
}

interface IndexFile {
  readonly format: string;
  readonly rows: readonly (readonly [id: string, signature: string, stored: RunSummary | null, damaged: DamagedRun | null])[]; // prettier-ignore
}

/** The files of a run's folder that say whether it is whole. */
interface Files {
  readonly signature: string;
  readonly there: ReadonlySet<string>;
  readonly error?: unknown;
}

/** Sizes and times of a run's files. Without waiting in between: that takes several times as long for thousands of them. */
function filesOf(run: string): Files {
  const there = new Set<string>();
  let signature = '';
  try {
    for (const name of RUN_FILES) {
      const stats = statSync(`${run}${path.sep}${name}`, { throwIfNoEntry: false });
      if (stats) there.add(name);
      signature += stats ? `${stats.mtimeMs}:${stats.size} ` : '- ';
    }
    return { signature, there };
  } catch (error) {
    return { signature: 'unreadable', there, error };
  }
}

async function look(run: string, { there, error: statError }: Files, experiments: KnownExperiments) {
  if (!there.size) {
    const error = statError ?? (await folderError(run));
    return error ? { damaged: unreadableRun(path.basename(run), error) } : {};
  }
  return inspectRun(run, there, experiments);
}
