import assert from 'node:assert/strict';
import { newEntry } from '../../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../../src/core/schedules/entrySchema';
import { schedulePlotRows } from '../../../webview/tabs/schedules/plots/catalogue';
import { ScheduleLineCache } from '../../../webview/tabs/schedules/plots/scheduleLines';
import { scheduleSpec } from '../../../webview/tabs/schedules/plots/scheduleSpecs';
import { theme } from './plot/drawing';

describe('plots of schedules', () => {
  /** A log-SNR that falls in the middle, and one that rises throughout. */
  const falling: ScheduleEntry = {
    ...newEntry('expression'),
    inputs: { ...newEntry('expression').inputs, formula: '9*t + 2*sin(9*t)' },
    label: 'Wavy',
  };
  const spec = (id: string, schedules: readonly ScheduleEntry[]) => {
    const row = schedulePlotRows.find((one) => one.id === id)!;
    const lines = new ScheduleLineCache().build({ schedules, window: { logSnr: 15 } }, new Set(), theme, 't');
    return scheduleSpec(row, lines, lines.lines[0]);
  };

  it('say where a weight below 0 has no place on a logarithmic axis, and leave a gap there', () => {
    const { about, at } = spec('snrRate', [falling, newEntry('cosine')]);
    assert.equal(about, 'Gaps: below 0 for Wavy, where a logarithmic axis has no place.');
    const [wavy, cosine] = at!(0.35).readings;
    assert.match(wavy!.text, /^−/);
    assert.doesNotMatch(cosine!.text, /^−/);
    assert.equal(spec('snrRate', [newEntry('cosine')]).about, undefined);
  });

  it('show a rate below 0 on an axis that reaches there', () => {
    assert.equal(spec('logSnrRate', [falling]).y.min, undefined);
    assert.equal(spec('logSnrRate', [newEntry('cosine')]).y.min, 0);
  });
});
