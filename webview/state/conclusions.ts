import type { RunRecord } from '../../src/core/runs/record';
import type { ComparisonShare } from '../../src/protocol/pictures';
import type { RunConclusion } from '../../src/core/conclusion/result';
import type { Store } from './store';

/** The note's conclusion as tested on the run that is looked at: what was kept with it, or a test that runs now. */
export class Conclusions {
  value: RunConclusion | undefined;
  error = '';
  /** The run that is tested now, and how far that is. */
  busy: string | undefined;
  done: ComparisonShare | undefined;
  private run: string | undefined;

  constructor(private readonly store: Store) {}

  /** Reads what is kept with a run where another one is looked at. */
  follow({ id }: RunRecord): void {
    if (this.run === id) return;
    [this.run, this.value, this.error] = [id, undefined, ''];
    void this.store.ask('conclusion', id).then((value) => {
      if (this.run !== id) return;
      this.value ??= value;
      this.store.changed();
    });
  }

  /** Tests it on a run. */
  async test(id: string): Promise<void> {
    if (this.busy !== undefined) return;
    [this.busy, this.done, this.error] = [id, undefined, ''];
    this.store.changed();
    try {
      const value = await this.store.request('conclude', id);
      if (this.run === id) this.value = value;
    } catch (error) {
      if (this.run === id) this.error = error instanceof Error ? error.message : String(error);
    }
    this.busy = undefined;
    this.store.changed();
  }

  share(done: ComparisonShare): void {
    this.done = done;
    this.store.changed();
  }
}
