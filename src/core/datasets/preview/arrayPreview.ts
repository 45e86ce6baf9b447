import { labelTexts, type FeatureRows, type LabelRows } from '../arrays';
import { NO_DATA } from './datasetPreview';
import { MOST_DISTINCT, type ColumnPreview, type DataPreview } from './preview';
import { rangeOf } from './samples';

/** y as a column, from which its task is guessed: bytes and texts are classes, whatever they are. */
function labelColumn(y: LabelRows): ColumnPreview {
  const texts = labelTexts(y);
  const distinct = Math.min(new Set(texts).size, MOST_DISTINCT + 1);
  const common = { name: 'y', isLabel: true, distinct, missing: 0 };
  if ('texts' in y || y.numbers instanceof Uint8Array)
    return { ...common, type: 'class', values: [...new Set(texts)].slice(0, 5), whole: false };
  const known = y.numbers.filter((value) => !Number.isNaN(value));
  const whole = known.every(Number.isInteger);
  return {
    ...common,
    type: 'number',
    values: [],
    range: rangeOf(known),
    whole,
    missing: y.numbers.length - known.length,
  };
}

/** Arrays as they stand, whatever can be learned from them. */
export const arrayPreview = (x: FeatureRows, y: LabelRows): DataPreview => ({
  ...NO_DATA,
  rows: x.n,
  features: x.features.length,
  columns: [labelColumn(y)],
  columnCount: x.features.length + 1,
});
