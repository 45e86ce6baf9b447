import { InputError } from '../../core/registry/problem';
import type { PictureShare } from '../../protocol/pictures';

/** Milliseconds of work between two looks at whether it is still wanted. */
export const PATIENCE = 40;

/** How the making of a picture is watched and stopped. */
export interface PictureWatch {
  readonly signal?: AbortSignal | undefined;
  readonly onShare?: ((share: PictureShare) => void) | undefined;
}

/** Long work that now and then tells how far it is, and looks whether it is still wanted. */
export class Pace {
  private looked = performance.now();

  constructor(private readonly watch: PictureWatch) {}

  /** Pauses where the last pause is long ago; an InputError where the work was cancelled. */
  async look(what: string, share: number): Promise<void> {
    if (performance.now() - this.looked < PATIENCE) return;
    this.watch.onShare?.({ what, share });
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancel in
    if (this.watch.signal?.aborted) throw new InputError('the computation was cancelled');
    this.looked = performance.now();
  }
}
