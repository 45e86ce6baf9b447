import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { COMPARISONS } from '../../core/runs/ids';
import { RUN_FORMAT } from '../../core/runs/record';
import { defaultsDigest, type RunSettings } from '../../core/runs/settings';
import { byAge, summaryOf, type DamagedRun, type RunList, type RunSummary } from '../../core/runs/runList';
import { folderError, inspectRun, unreadableRun, type InspectedRun, type KnownExperiments } from './inspectRun';
import { readNotes } from './notesFile';
import { isDeserted, readRecord } from './runFolder';
import { filesOf, quickLook, type RunFiles } from './runSignature';
import { writeAtomically } from './writeAtomically';

/** The file of an index in the folder of the runs. It only saves work: without it everything is read again. */
const INDEX = '.index.json';

/** Another index is made anew. */
const FORMAT = `3 of run format ${RUN_FORMAT}, defaults ${defaultsDigest}`;

/** How many runs must have been read before an index is worth its writing, and how many are read at a time. */
const [WORTH, AT_ONCE] = [16, 16];

/** What is known of one folder. */
interface Entry {
  /** Sizes and times of the files that it was made of. */
  readonly signature: string;
  /** A shorter signature, of this process alone; undefined where it is not to be trusted. */
  readonly quick?: string | undefined;
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
    const { settings, notes } = stored;
    return readRecord(run).then(
      (record) => ({ ...summaryOf(record), settings, notes }),
      () => ({ ...stored, state: 'interrupted' }) as const,
    );
  }

  /** What is known after a look at every folder. */
  private async update(before: ReadonlyMap<string, Entry>): Promise<ReadonlyMap<string, Entry>> {
    const found = await fs.readdir(this.folder, { withFileTypes: true }).catch(() => []);
    const ids = found
      .filter((one) => one.isDirectory() || one.isSymbolicLink())
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.') && name !== COMPARISONS);
    const after = new Map<string, Entry>();
    const changed: [id: string, files: RunFiles, quick: string | undefined][] = [];
    for (const id of ids) {
      const run = this.folder + path.sep + id;
      const known = before.get(id);
      // taken before the files are looked at: what changes meanwhile is seen next time
      const quick = quickLook(run);
      if (known?.quick !== undefined && known.quick === quick) {
        after.set(id, known);
        continue;
      }
      const files = filesOf(run);
      if (known?.signature === files.signature) after.set(id, { ...known, quick });
      else changed.push([id, files, quick]);
    }
    const experiments: KnownExperiments = new Map();
    const next = async (): Promise<void> => {
      for (let one = changed.pop(); one; one = changed.pop()) {
        const [id, files, quick] = one;
        const { record, damaged, settings } = await look(path.join(this.folder, id), files, experiments);
        const notes = files.hasNotes ? await readNotes(path.join(this.folder, id)) : undefined;
        const stored = record && { ...summaryOf(record), settings, ...(notes && { notes }) };
        if (stored ?? damaged) after.set(id, { signature: files.signature, stored, damaged, quick });
        this.unwritten++;
      }
    };
    if (after.size !== before.size) this.unwritten++;
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return after;
  }

  private async readIndex(): Promise<ReadonlyMap<string, Entry>> {
    try {
      const { format, settings, rows } = JSON.parse(
        await fs.readFile(path.join(this.folder, INDEX), 'utf8'),
      ) as IndexFile;
      if (format === FORMAT)
        return new Map(
          rows.map(([id, signature, stored, damaged, place]) => [
            id,
            {
              signature,
              stored: stored ? { ...stored, settings: place === null ? undefined : settings[place] } : undefined,
              damaged: damaged ?? undefined,
            },
          ]),
        );
    } catch {
      // there is none yet, or it is broken: it is made again
    }
    return new Map();
  }

  private async writeIndex(): Promise<void> {
    if (this.unwritten < WORTH) return;
    this.unwritten = 0;
    // runs of one experiment share their settings
    const places = new Map<string, number>();
    const placeOf = (settings: RunSettings | undefined): number | null => {
      if (!settings) return null;
      const key = JSON.stringify(settings);
      if (!places.has(key)) places.set(key, places.size);
      return places.get(key)!;
    };
    const rows: IndexFile['rows'] = [...this.entries!].map(([id, { signature, stored, damaged }]) => {
      const { settings, ...row } = stored ?? {};
      return [id, signature, stored ? (row as RunSummary) : null, damaged ?? null, placeOf(settings)];
    });
    const settings = [...places.keys()].map((key) => JSON.parse(key) as RunSettings);
    const text = JSON.stringify({ format: FORMAT, settings, rows } satisfies IndexFile);
    await writeAtomically(path.join(this.folder, INDEX), text).catch(() => undefined); // the folder may be read-only
  }
}

interface IndexFile {
  readonly format: string;
  /** The settings that there are, each once. */
  readonly settings: readonly RunSettings[];
  readonly rows: readonly (readonly [
    id: string,
    signature: string,
    stored: RunSummary | null,
    damaged: DamagedRun | null,
    /** The place of its settings. */
    settings: number | null,
  ])[];
}

async function look(
  run: string,
  { there, error: statError }: RunFiles,
  experiments: KnownExperiments,
): Promise<InspectedRun> {
  if (!there.size) {
    const error = statError ?? (await folderError(run));
    return error ? { damaged: unreadableRun(path.basename(run), error) } : {};
  }
  return inspectRun(run, there, experiments);
}
