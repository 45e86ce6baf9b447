import type { DataPreview } from '../../../../src/core/datasets/preview/preview';
import type { Experiment } from '../../../../src/core/experiment/experiment';
import type { Snapshot } from '../../../../src/protocol/hostCalls';
import type { Request } from '../../../state/host';
import { Query } from '../../../state/query';

/** What the preview of the data uses of its page. */
export interface DataPage {
  readonly experiment: Experiment | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly request: Request;
  changed(): void;
}

/** What the preview of an experiment's data depends on; `readable` counts the changes of what may be read. */
function keyOf({ data, seed, training }: Experiment, readable: number): string {
  return JSON.stringify([data, seed, training.patience > 0 && training.validationShare, readable]);
}

/** The data of the experiment before anything is trained, asked for whenever something they depend on changes. */
export class DataQuery {
  private readonly query: Query<DataPreview>;
  /** The source and files of the last answer. */
  private answered: string | undefined;

  constructor(private readonly page: DataPage) {
    this.query = new Query<DataPreview>(page.changed.bind(page));
  }

  /** The data as they were read last; undefined where none were, or where those are of another source or file. */
  get value(): DataPreview | undefined {
    const { experiment } = this.page;
    return experiment && this.answered === sourceOf(experiment) ? this.query.value : undefined;
  }

  /** Whether newer data are on their way. */
  get busy(): boolean {
    return this.query.busy;
  }

  /** Why the data could not be asked for. */
  get error(): string | undefined {
    return this.query.error?.message;
  }

  /** Asks for the data of the experiment as the page shows it, unless its files may not be read. */
  update(): void {
    const { experiment, snapshot } = this.page;
    if (!experiment || snapshot?.files.unread.length) return;
    const source = sourceOf(experiment);
    this.query.follow(keyOf(experiment, snapshot?.files.readable ?? 0), async (options) => {
      const value = await this.page.request('previewData', [experiment], { signal: options.signal });
      this.answered = source;
      return value;
    });
  }
}

/** The source and the files of an experiment's data: what was read of others is not shown. */
function sourceOf({ data }: Experiment): string {
  const { id, path, images, labels } = data as Readonly<Record<string, unknown>>;
  return JSON.stringify([id, path, images, labels]);
}
