import { CONFIDENCE_BINS, meanRow, type ClassRow } from '../core/evaluation';
import type { Assessment, StepCurve } from '../core/runs/assessment';
import { toTable } from './textTable';

const CLASS_HEAD = ['class', 'rows', 'given', 'precision', 'recall', 'F1'];

const share = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(4));

const cellsOf = ({ label, count, given, precision, recall, f1 }: ClassRow): string[] => [
  label,
  String(count),
  String(given),
  ...[precision, recall, f1].map(share),
];

function calibrationText({ rows, evaluations, probabilities }: Assessment): string {
  const calls = `${evaluations} network evaluation${evaluations > 1 ? 's' : ''} an answer\n`;
  if (!probabilities) return calls;
  const { rule, starts, calibration } = probabilities;
  const how = rule === 'votes' ? 'share of votes' : "the read-out's own";
  const lines = calibration.bins.flatMap(({ count, confidence, accuracy }, b) =>
    count
      ? [[`${b / CONFIDENCE_BINS} to ${(b + 1) / CONFIDENCE_BINS}`, String(count), share(confidence), share(accuracy)]]
      : [],
  );
  return (
    `expected calibration error ${calibration.error.toFixed(4)} on ${rows} test rows: sure of ` +
    `${share(calibration.confidence)}, right in ${share(calibration.accuracy)}; probabilities: ${how}, ${starts} start${starts > 1 ? 's' : ''}\n` +
    `${toTable([['probability', 'rows', 'mean', 'right'], ...lines], 1)}${calls}`
  );
}

const curveText = ({ steps, evaluations, measure, scores }: StepCurve): string =>
  toTable([
    ['steps', 'evaluations', measure],
    ...steps.map((count, k) => [String(count), String(evaluations[k]), share(scores[k]!)]),
  ]);

/** A row for each class, and their mean below. */
export const classText = (rows: readonly ClassRow[]): string =>
  toTable([CLASS_HEAD, ...[...rows, meanRow(rows)].map(cellsOf)], 1);

/** What was measured of a run beyond its score: calibration, and the score by step count. */
export const measuredText = (assessment: Assessment | undefined, curve: StepCurve | undefined): string =>
  `${assessment ? `\n${calibrationText(assessment)}` : ''}${curve ? `\n${curveText(curve)}` : ''}`;
