import type { Mark } from './mark';

/** A name that stands beside a point. */
export interface NamedPoint {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  /** It is hidden with what has this key. */
  readonly key?: string | undefined;
}

/** Pixels between a point and its name, and the most characters of a name. */
const [GAP, LONG] = [8, 18];

/** Writes a name beside a point, on the side where there is room. */
export const nameAt = ({ x, y, name, key }: NamedPoint): Mark => ({
  key,
  drawAbove(pen, frame) {
    const { area, theme } = frame;
    const [px, py] = [frame.x(x), frame.y(y)];
    if (!(px >= area.left && px <= area.right && py >= area.top && py <= area.bottom)) return;
    const words = name.length > LONG ? `${name.slice(0, LONG - 1)}…` : name;
    pen.font = `600 12px ${theme.font}`;
    pen.textBaseline = 'middle';
    pen.textAlign = 'left';
    const { width } = pen.measureText(words);
    const at = px + GAP + width <= area.right ? px + GAP : px - GAP - width;
    pen.lineJoin = 'round';
    pen.lineWidth = 4;
    pen.strokeStyle = theme.background;
    pen.strokeText(words, at, py);
    pen.fillStyle = theme.foreground;
    pen.fillText(words, at, py);
  },
});
