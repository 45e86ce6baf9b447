import { Plot } from '../plot';
import type { DrawPlot } from './paperFigure';
import { PAPER } from './paperTheme';

/**
 * Draws plots at sizes of their own, as they would stand on the page: on canvases that nobody sees, which are there only as
 * long as they are drawn.
 */
export const drawOnPaper: DrawPlot = (pen, { spec, hidden, zoom }, width, height) => {
  const place = document.createElement('div');
  place.className = 'unseen';
  place.setAttribute('aria-hidden', 'true');
  place.style.width = `${width}px`;
  place.style.height = `${height}px`;
  const canvases = [document.createElement('canvas'), document.createElement('canvas')] as const;
  place.append(...canvases);
  document.body.append(place);
  const plot = new Plot(...canvases);
  try {
    plot.show({ spec, hidden, zoom, theme: PAPER });
    plot.draw(pen);
  } finally {
    plot.dispose();
    place.remove();
  }
};
