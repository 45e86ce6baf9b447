import type { RunConclusion } from '../../../src/core/conclusion/conclusion';
import type { Request } from '../../state/host';
import { Query, type QueryError } from '../../state/query';

/** The note's conclusion as tested on runs: what was kept with a run, and a test that runs now. */
export class ConclusionQueries {
  /** What is kept with the run that is looked at. */
  private readonly kept: Query<RunConclusion | undefined>;
  /** The last test. */
  private readonly test: Query<{ readonly run: string; readonly conclusion: RunConclusion }>;
  private tests = 0;
  /** The run of the last test. */
  private tested: string | undefined;

  constructor(
    private readonly request: Request,
    private readonly changed: () => void,
  ) {
    this.kept = new Query(changed, 0);
    this.test = new Query(changed, Infinity);
  }

  /** The test that runs, on whichever run. */
  get running() {
    const { busy, progress } = this.test;
    return busy ? { run: this.tested, progress } : undefined;
  }

  /** The conclusion of a run that is looked at; undefined where none is known. */
  of(run: string): RunConclusion | undefined {
    const { value } = this.test;
    return value?.run === run
      ? value.conclusion
      : this.kept.key === run && !this.kept.busy
        ? this.kept.value
        : undefined;
  }

  /** Why the last test of a run came to nothing. */
  errorOf(run: string): QueryError | undefined {
    return this.tested === run ? this.test.error : undefined;
  }

  /** Reads what is kept with a run. */
  update(run: string): void {
    this.kept.follow(run, () => this.request('conclusion', [run]));
  }

  /** Tests it on a run, unless another test runs. */
  begin(run: string): void {
    if (this.test.busy) return;
    this.tested = run;
    this.test.error = undefined;
    this.test.follow(String(++this.tests), async (options) => ({
      run,
      conclusion: await this.request('conclude', [run], options),
    }));
    this.changed();
  }

  cancel(): void {
    this.test.cancel();
  }
}
