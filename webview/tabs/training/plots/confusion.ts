import { explanations } from '../../../../src/core/reference/explanations';
import { effortText, type Evaluation } from '../../../../src/core/runs/results';
import { fade, type Theme } from '../../../plot/theme';
import type { Card } from '../../../pictures/card';
import { colorOf } from '../../../pictures/colors';
import type { Picture } from '../../../pictures/picture';
import { confusionNumbers } from './runNumbers';

/** True classes by labels given. */
export const confusionCard = (evaluation: Evaluation, picture: Picture): Card => ({
  id: 'confusion',
  title: 'Confusion',
  about: `True class by label given, ${evaluation.rows} test rows${evaluation.effort ? `; ${effortText(evaluation.effort)}` : ''}.`,
  picture,
  explanations: [explanations.confusion],
  numbers: () => confusionNumbers(evaluation),
  tall: true,
});

export function confusionPicture({ confusion, classes }: Evaluation, theme: Theme): Picture {
  const m = classes.length;
  const most = Math.max(...confusion);
  return {
    x: { title: 'label given', range: [0, m], names: classes },
    y: { title: 'true class', range: [0, m], names: [...classes].reverse() },
    series: [],
    under({ ctx, at }) {
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      ctx.font = `11px ${theme.font}`;
      confusion.forEach((count, i) => {
        const [row, column] = [Math.floor(i / m), i % m];
        // the first class on top, so that what is right runs down the diagonal
        const [left, bottom] = at(column, m - 1 - row);
        const [right, top] = at(column + 1, m - row);
        ctx.fillStyle = fade(colorOf(theme, row === column ? 0 : 1), count ? 0.12 + (0.5 * count) / most : 0);
        ctx.fillRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
        ctx.fillStyle = theme.foreground;
        if (count) ctx.fillText(String(count), (left + right) / 2, (top + bottom) / 2);
      });
    },
  };
}
