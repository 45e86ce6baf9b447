/** An item that shares its turns with others of its group. */
interface Grouped {
  readonly group: string;
}

/** A queue whose groups take turns (round robin). Next is the oldest item of the group that was served longest ago. */
export class FairQueue<T extends Grouped> {
  private readonly waiting: T[] = [];
  /** The turn at which each group was served last, from 1. A group that never was goes first. */
  private readonly served = new Map<string, number>();
  private turn = 0;

  get size(): number {
    return this.waiting.length;
  }

  add(item: T): void {
    this.waiting.push(item);
  }

  /** Takes an item out of its turn. False where it does not wait. */
  remove(item: T): boolean {
    const at = this.waiting.indexOf(item);
    if (at >= 0) this.waiting.splice(at, 1);
    return at >= 0;
  }

  /** Takes the next item; undefined where none waits. */
  take(): T | undefined {
    const [item] = this.inOrder();
    if (!item) {
      this.served.clear(); // nobody waits, so the turns begin anew
      return undefined;
    }
    this.remove(item);
    this.served.set(item.group, ++this.turn);
    return item;
  }

  /** All items that wait, in the order in which they are served unless others come. */
  inOrder(): T[] {
    const served = new Map(this.served);
    const rest = [...this.waiting];
    const order: T[] = [];
    for (let turn = this.turn + 1; rest.length; turn++) {
      const lastTurn = ({ group }: T) => served.get(group) ?? 0;
      const next = rest.reduce((best, item) => (lastTurn(item) < lastTurn(best) ? item : best));
      rest.splice(rest.indexOf(next), 1);
      served.set(next.group, turn);
      order.push(next);
    }
    return order;
  }
}
