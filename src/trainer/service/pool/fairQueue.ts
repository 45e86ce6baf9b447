/** What waits, and with which others it shares its turns. */
interface Grouped {
  readonly group: string;
}

/** Waiting items by turns of their groups (round robin): next is the oldest of the group that was served longest ago. */
export class FairQueue<T extends Grouped> {
  private readonly waiting: T[] = [];
  /** The turn in which each group was served last, from 1; a group that never was goes first. */
  private readonly served = new Map<string, number>();
  private turn = 0;

  get size(): number {
    return this.waiting.length;
  }

  add(item: T): void {
    this.waiting.push(item);
  }

  /** Takes an item out of its turn; false where it does not wait. */
  remove(item: T): boolean {
    const at = this.waiting.indexOf(item);
    if (at >= 0) this.waiting.splice(at, 1);
    return at >= 0;
  }

  /** The next item; undefined where none waits. */
  take(): T | undefined {
    const [item] = this.inOrder();
    if (!item) {
      this.served.clear(); // nobody waits for a turn: who comes next starts anew
      return undefined;
    }
    this.remove(item);
    this.served.set(item.group, ++this.turn);
    return item;
  }

  /** All that wait, in the order in which they are served unless others come. */
  inOrder(): T[] {
    const served = new Map(this.served);
    const rest = [...this.waiting];
    const order: T[] = [];
    for (let turn = this.turn + 1; rest.length; turn++) {
      const since = ({ group }: T) => served.get(group) ?? 0;
      const next = rest.reduce((best, item) => (since(item) < since(best) ? item : best));
      rest.splice(rest.indexOf(next), 1);
      served.set(next.group, turn);
      order.push(next);
    }
    return order;
  }
}
