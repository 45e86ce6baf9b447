// What stages that run side by side print: each whole, one after the other.

/** @typedef {{ write: (text: string) => void, end: () => void }} Output */

/** Gives each stage an output. The oldest one that runs prints at once, the others when it has ended. */
export class Outputs {
  /** Those that have not printed all, oldest first. @type {{ kept: string, isOver: boolean }[]} */
  #open = [];

  /** @returns {Output} */
  begin() {
    const own = { kept: '', isOver: false };
    this.#open.push(own);
    return {
      write: (text) => {
        own.kept += text;
        this.#print();
      },
      end: () => {
        own.isOver = true;
        this.#print();
      },
    };
  }

  #print() {
    for (let first = this.#open[0]; first; first = this.#open[0]) {
      if (first.kept) process.stdout.write(first.kept);
      first.kept = '';
      if (!first.isOver) return;
      this.#open.shift();
    }
  }
}
