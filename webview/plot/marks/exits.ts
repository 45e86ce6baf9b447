import type { LineMark } from './line';
import type { Mark } from './mark';

/** Half the width and the height of an arrow in pixels. */
const [HALF, HEIGHT] = [3.5, 6];

/** Marks where lines leave the plot at its top or bottom, with an arrow at the edge. */
export const exits = (lines: readonly LineMark[]): Mark => ({
  draw(pen, frame) {
    const edges = [
      { edge: frame.area.top, way: 1 },
      { edge: frame.area.bottom, way: -1 },
    ];
    for (const line of lines) {
      const trace = line.trace(frame);
      pen.fillStyle = line.color;
      for (let i = 2; i < trace.length; i += 2)
        for (const { edge, way } of edges) {
          const before = (trace[i - 1]! - edge) * way;
          const after = (trace[i + 1]! - edge) * way;
          if (Number.isNaN(before + after) || before < -0.5 === after < -0.5) continue;
          const x = trace[i - 2]! + ((trace[i]! - trace[i - 2]!) * before) / (before - after);
          pen.beginPath();
          pen.moveTo(x, edge);
          pen.lineTo(x - HALF, edge + HEIGHT * way);
          pen.lineTo(x + HALF, edge + HEIGHT * way);
          pen.fill();
        }
    }
  },
});
