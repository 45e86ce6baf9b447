import type { Range } from './range';

/** Where plots with one x axis are looked at, in places of that axis. */
export interface PlotView {
  /** Where the cursor stands; undefined before it was moved. */
  cursor(): number | undefined;
  moveTo(x: number): void;
  /** The part of the axis that is shown; undefined where that is all of it. */
  range(): Range | undefined;
  zoom(range: Range | undefined): void;
  /** Where the cursor stands in words, where that is not the axis' title and the place. */
  text?(): string;
}

/** A view that is kept by no one else. */
export function ownView(): PlotView {
  let cursor: number | undefined;
  let range: Range | undefined;
  return {
    cursor: () => cursor,
    moveTo: (x) => {
      cursor = x;
    },
    range: () => range,
    zoom: (next) => {
      range = next;
    },
  };
}

/** Hides or shows a key; alone, hides all the others, or shows all where it was alone already. */
export function toggled<K>(hidden: ReadonlySet<K>, all: readonly K[], key: K, alone: boolean): ReadonlySet<K> {
  const others = all.filter((other) => other !== key);
  if (alone) {
    const isolated = !hidden.has(key) && others.every((other) => hidden.has(other));
    return new Set(isolated ? [] : others);
  }
  return hidden.has(key) ? new Set([...hidden].filter((other) => other !== key)) : new Set([...hidden, key]);
}
