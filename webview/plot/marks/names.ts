import type { Mark } from './mark';

/** A name that stands beside a point. */
export interface NamedPoint {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  /** The direction in which it stands, in values of the axes; right of the point where there is none. */
  readonly away?: readonly [number, number] | undefined;
  /** It is hidden with what has this key. */
  readonly key?: string | undefined;
}

/** Pixels between a point and its name, the height of a name, and its most characters. */
const [GAP, HEIGHT, LONG] = [8, 12, 18];

/** Writes a name beside a point, inside the plot. */
export const nameAt = ({ x, y, name, key, away = [1, 0] }: NamedPoint): Mark => ({
  key,
  drawAbove(pen, frame) {
    const { area, theme } = frame;
    const [px, py] = [frame.x(x), frame.y(y)];
    if (!(px >= area.left && px <= area.right && py >= area.top && py <= area.bottom)) return;
    const words = name.length > LONG ? `${name.slice(0, LONG - 1)}…` : name;
    pen.font = `600 12px ${theme.font}`;
    pen.textBaseline = 'middle';
    pen.textAlign = 'center';
    const { width } = pen.measureText(words);
    const [dx, dy] = [frame.x(x + away[0]) - px, frame.y(y + away[1]) - py];
    const length = Math.hypot(dx, dy) || 1;
    const reach = GAP + width / 2;
    const wanted = px + (reach * dx) / length;
    const at = Math.min(Math.max(wanted, area.left + width / 2), area.right - width / 2);
    const level = py + ((GAP + HEIGHT / 2) * dy) / length;
    pen.lineJoin = 'round';
    pen.lineWidth = 4;
    pen.strokeStyle = theme.background;
    pen.strokeText(words, at, level);
    pen.fillStyle = theme.foreground;
    pen.fillText(words, at, level);
  },
});
