/** What VS Code keeps for an extension. */
export class Memento {
  private readonly kept = new Map<string, unknown>();

  get(key: string, fallback: unknown): unknown {
    return this.kept.get(key) ?? fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }
}
