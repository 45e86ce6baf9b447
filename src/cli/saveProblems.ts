import type { TrainingProgress } from '../protocol/progress';
import type { Terminal } from './terminal';

/** Says once when trainings can no longer be saved, and once when they can again. */
export class SaveProblems {
  private readonly open = new Map<string, string>();

  constructor(private readonly terminal: Terminal) {}

  /** Whether a line was written. */
  report({ id, step, saveProblem }: TrainingProgress): boolean {
    const before = this.open.get(id);
    if (saveProblem === undefined) {
      if (before === undefined) return false;
      this.open.delete(id);
      return this.say(`${id}: saved again at step ${step}`);
    }
    this.open.set(id, saveProblem);
    return before === undefined && this.say(`${id}: ${saveProblem}`);
  }

  /** What the line of progress says while something is not saved. */
  get mark(): string {
    return this.open.size ? ', NOT SAVED' : '';
  }

  private say(text: string): boolean {
    this.terminal.warn(`${this.terminal.showsProgress ? '\r\x1b[K' : ''}noprop: ${text}\n`);
    return true;
  }
}
