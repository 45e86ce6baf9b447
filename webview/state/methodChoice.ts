import type { Change } from '../../src/core/experiment/changes';
import { integratorOf, pairOf } from '../../src/core/integrators';
import type { Editing } from './editing';

const TOLERANCE = ['integrator', 'tolerance'];

/** The choice of an experiment's integrator, with or without noise. */
export class MethodChoice {
  /** The method that was left for a stochastic one, to come back to. */
  private left = 'exponential-1';

  constructor(private readonly editing: Editing) {}

  private get integrator() {
    return this.editing.experiment!.integrator;
  }

  /** Chooses a method. */
  choose(id: string): void {
    this.editing.replace(TOLERANCE, this.changesTo(id));
  }

  /** The changes to a method that draws noise. The one that is left is remembered. */
  withNoise(): Change[] {
    const { id } = this.integrator;
    if (integratorOf(id).kind === 'sde') return this.changesTo(id);
    this.left = id;
    return this.changesTo('posterior-step');
  }

  /** The changes back to a method for what has no noise. */
  withoutNoise(): Change[] {
    const { id } = this.integrator;
    return this.changesTo(integratorOf(id).kind === 'sde' ? this.left : id);
  }

  /** The changes to a method. A tolerance goes where the method has no estimate of its own error. */
  private changesTo(id: string): Change[] {
    const keeps = this.integrator.tolerance === undefined || pairOf(integratorOf(id)) !== undefined;
    return [{ path: ['integrator', 'id'], value: id }, ...(keeps ? [] : [{ path: TOLERANCE, value: undefined }])];
  }
}
