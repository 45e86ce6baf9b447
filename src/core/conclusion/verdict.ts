import { formatNumber } from '../text/format';
import { integratorOf } from '../integrators';
import {
  EQUATIONS,
  COMPARED,
  type AccuracyPoint,
  type Conclusion,
  type ConclusionMeasurements,
  type EquationVerdict,
} from './conclusion';

/** Step counts from this on count, and how far accuracy may fall short whatever its standard error. */
const [ENOUGH, POINT] = [16, 0.01];

/** Whether "minimal impact on final performance" holds, by a rule, and in a sentence made of the measurements. */
export function conclusionVerdict(
  measured: ConclusionMeasurements,
): Pick<Conclusion, 'findings' | 'rule' | 'sentence'> {
  const { schedules, points, steps } = measured;
  const least = Math.min(ENOUGH, Math.max(...steps));
  const findings = schedules.flatMap((_, schedule) =>
    COMPARED.flatMap((dynamics): EquationVerdict[] => {
      const own = points.filter((one) => one.schedule === schedule && one.dynamics === dynamics && one.steps >= least);
      if (!own.length) return [];
      const worst = own.reduce((a, b) => (excess(b) > excess(a) ? b : a));
      return [{ schedule, dynamics, holds: excess(worst) <= 0, worst }];
    }),
  );
  const rule =
    `“Minimal impact on final performance” is taken to hold where accuracy falls short of eq. 26’s by no more than ` +
    `one point, or the standard error of the difference, at every step count from ${least} on.`;
  return {
    findings,
    rule,
    sentence: [heldText(measured, findings), failedText(measured, findings), gapText(measured)].join(' '),
  };
}

/** How far a drop exceeds what is allowed. */
const excess = ({ drop, error }: AccuracyPoint): number => drop - Math.max(POINT, error);

const list = (parts: readonly string[]): string =>
  parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');

function heldText({ schedules }: ConclusionMeasurements, findings: readonly EquationVerdict[]): string {
  const parts = COMPARED.flatMap((id) => {
    const under = findings.filter(({ dynamics, holds }) => dynamics === id && holds);
    if (!under.length) return [];
    const all = under.length === schedules.length;
    return [
      `${EQUATIONS[id]} under ${all ? 'every schedule' : list(under.map((one) => schedules[one.schedule]!.label))}`,
    ];
  });
  return parts.length ? `It holds for ${list(parts)}.` : 'It holds for none of the equations under any schedule.';
}

function failedText({ schedules, points }: ConclusionMeasurements, findings: readonly EquationVerdict[]): string {
  const parts = findings
    .filter(({ holds }) => !holds)
    .map(({ schedule, dynamics, worst }) => {
      const { method, steps, accuracy, drop } = worst;
      const base = (accuracy + drop).toFixed(3);
      return `${EQUATIONS[dynamics]} under ${schedules[schedule]!.label} (${integratorOf(method).title}, ${steps} steps: ${accuracy.toFixed(3)} against ${base})`;
    });
  if (parts.length) return `It does not hold for ${list(parts)}.`;
  const largest = Math.max(...points.map(({ drop }) => drop));
  return `At no step count does any fall short by more than ${(100 * largest).toFixed(1)} points.`;
}

/** When the paths part: the note says mostly early. */
function gapText({ gaps }: ConclusionMeasurements): string {
  const parts = COMPARED.flatMap((id) => {
    const own = gaps.filter(({ dynamics, failure }) => dynamics === id && !failure);
    if (!own.length) return [];
    const mean = (of: 'early' | 'late') => formatNumber(own.reduce((sum, one) => sum + one[of], 0) / own.length, 2);
    return [`${mean('early')} and ${mean('late')} for ${EQUATIONS[id]}`];
  });
  return parts.length
    ? `The mean gap to eq. 26’s paths in the early and the late half of the window is ${list(parts)}.`
    : '';
}
