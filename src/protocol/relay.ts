/**
 * Sends values to a side that may be slow, hidden or gone. Of each key one message is on its way at a time; what comes
 * meanwhile is merged, and goes with the next. So nothing queues up, however long the other side takes.
 */
export class Relay<T> {
  private readonly waiting = new Map<string, T>();
  private readonly underway = new Map<string, Promise<void>>();

  /** `send` is fulfilled or rejected once the other side has taken the value. `merge` joins two; the newer one alone counts without it. */
  constructor(
    private readonly send: (value: T) => Promise<unknown>,
    private readonly merge: (older: T, newer: T) => T = (_, newer) => newer,
  ) {}

  /** How many messages are on their way or wait. */
  get size(): number {
    return this.underway.size + this.waiting.size;
  }

  push(key: string, value: T): void {
    if (!this.underway.has(key)) return this.begin(key, value);
    this.waiting.set(key, this.waiting.has(key) ? this.merge(this.waiting.get(key)!, value) : value);
  }

  /** Forgets what waits: the other side asks for it anew. */
  clear(): void {
    this.waiting.clear();
  }

  /** Fulfilled once everything has been taken. */
  async settled(): Promise<void> {
    while (this.underway.size) await Promise.all(this.underway.values());
  }

  private begin(key: string, value: T): void {
    const next = () => {
      this.underway.delete(key);
      const waits = this.waiting.get(key);
      if (this.waiting.delete(key)) this.begin(key, waits!);
    };
    this.underway.set(key, this.send(value).then(next, next));
  }
}
