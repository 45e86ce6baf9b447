import type { DynamicsPaths } from '../../../../src/core/dynamics/paths';
import type { Range } from '../../../charts/gestures';
import type { Store } from '../../../state/store';
import type { Theme } from '../../../plot/theme';
import type { Card } from '../../../pictures/card';
import { memo } from '../../../pictures/memo';
import type { Look } from '../../../pictures/picture';
import { timeAxes, type ClockId, type TimeAxis } from '../timeAxis';
import { attractorAt, attractorCard, errorsAt, errorsCard } from './attractor';
import { pathsAt, pathsCard } from './paths';
import { planeAt, planeCard } from './plane';
import { linesOf, placesOf, positionOf, sceneOf, timeAt, type AtCursor, type Line, type Scene } from './scene';
import { gapAt, gapCard, varianceAt, varianceCard } from './spread';

/** A card without what depends on the cursor, and what it has there. */
interface Exhibit {
  readonly card: Omit<Card, 'look' | 'readings'>;
  readonly at: (places: ReturnType<typeof placesOf>) => AtCursor;
  readonly lookOf: (...from: readonly [number, Range | undefined, Range | undefined]) => Look;
}

/** The pictures of the dynamics: what of them is shown, how, and with the cursor where. */
export class Gallery {
  private readonly hidden = new Set<string>();
  private readonly brushes = new Map<string, Range>();
  /** The time at which the cursor stands. */
  private moment = 0.5;
  private readonly axesOf = memo(timeAxes);
  private readonly linesOf = memo((picture: DynamicsPaths, theme: Theme) => linesOf(picture, theme));
  private readonly sceneOf = memo(
    (picture: DynamicsPaths, theme: Theme, axis: TimeAxis, all: readonly Line[], hidden: string): Scene =>
      sceneOf(
        picture,
        theme,
        axis,
        all,
        all.filter(({ key }) => !hidden.split(',').includes(key)),
      ),
  );
  private readonly exhibits = memo((scene: Scene, base: Line): readonly Exhibit[] => this.hang(scene, base));

  constructor(private readonly store: Store) {}

  /** Every x axis that the picture can have. */
  axes(): readonly TimeAxis[] {
    const { value } = this.store.study.dynamics;
    return value ? this.axesOf(value) : [];
  }

  /** What the pictures draw now; nothing before the first was computed. */
  scene(): Scene | undefined {
    const { study, theme, view } = this.store;
    const { value } = study.dynamics;
    if (!value) return undefined;
    const axes = this.axesOf(value);
    const axis = axes.find(({ id }: { id: ClockId }) => id === view.clock) ?? axes[0]!;
    return this.sceneOf(value, theme, axis, this.linesOf(value, theme), [...this.hidden].join());
  }

  /** Every card, with the cursor where it stands. */
  cards(): Card[] {
    const scene = this.scene();
    if (!scene) return [];
    const { view } = this.store;
    const base = scene.all.find(({ key }) => key === view.base) ?? scene.all[0]!;
    const cursor = positionOf(scene, this.moment);
    const places = placesOf(scene, this.moment);
    return this.exhibits(scene, base).map(({ card, at, lookOf }): Card => {
      const { readings } = at(places);
      const look = lookOf(cursor, view.clockZoom, this.brushes.get(card.id));
      return { ...card, look, ...(readings.length && { readings }), problem: scene.picture.problem };
    });
  }

  extent() {
    const scene = this.scene();
    return scene && { range: this.store.view.clockZoom ?? scene.axis.full, full: scene.axis.full };
  }

  /** The position of the cursor on the x axis. */
  cursor(): number {
    const scene = this.scene();
    return scene ? positionOf(scene, this.moment) : 0;
  }

  /** The position of the cursor in words. */
  position(): string {
    const scene = this.scene();
    if (!scene) return '';
    const { axis } = scene;
    const time = `t = ${this.axes()[0]!.text(this.moment)}`;
    return axis.id === 't' ? time : `${axis.symbol} = ${axis.text(this.cursor())}, ${time}`;
  }

  moveTo(x: number): void {
    const scene = this.scene();
    if (scene) this.moment = timeAt(scene, x);
    this.store.changed();
  }

  /** Moves the cursor to a share of the window. */
  goTo(share: number): void {
    const times = this.scene()?.picture.times;
    if (times) this.moment = times[0]! + share * (times.at(-1)! - times[0]!);
    this.store.changed();
  }

  brush(id: string, range: Range | undefined): void {
    if (range) this.brushes.set(id, range);
    else this.brushes.delete(id);
    this.store.changed();
  }

  /** Hides or shows a dynamics; alone, hides all the others, or shows all where it was alone already. */
  toggle(key: string, alone: boolean): void {
    const others = (this.scene()?.all ?? []).filter((line) => line.key !== key).map((line) => line.key);
    if (alone) {
      const isolated = !this.hidden.has(key) && others.every((other) => this.hidden.has(other));
      this.hidden.clear();
      if (!isolated) for (const other of others) this.hidden.add(other);
    } else if (!this.hidden.delete(key)) this.hidden.add(key);
    this.store.changed();
  }

  /** Makes the cards of a scene. */
  private hang(scene: Scene, base: Line): readonly Exhibit[] {
    const { plane } = scene.picture;
    const exhibit = (card: Exhibit['card'], at: Exhibit['at']): Exhibit => {
      const flat = card.id === 'plane';
      const lookOf = memo((cursor: number, range: Range | undefined, brush: Range | undefined): Look => {
        const { marks } = at(placesOf(scene, this.moment));
        return flat ? { marks } : { cursor, marks, range, brush };
      });
      return { card, at, lookOf };
    };
    return [
      exhibit(pathsCard(scene), (places) => pathsAt(scene, places)),
      exhibit(
        gapCard(scene, base, (key) => this.store.look({ base: key })),
        (places) => gapAt(scene, base, places),
      ),
      exhibit(varianceCard(scene), (places) => varianceAt(scene, places)),
      ...(plane ? [exhibit(planeCard(scene, plane), (places) => planeAt(scene, plane, places))] : []),
      exhibit(attractorCard(scene), (places) => attractorAt(scene, places)),
      exhibit(errorsCard(scene), (places) => errorsAt(scene, places)),
    ];
  }
}
