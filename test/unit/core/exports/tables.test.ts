import assert from 'node:assert/strict';
import { exportFormat } from '../../../../src/core/exports';
import { parseExperiment } from '../../../../src/core/experiment/document';
import { fromJson } from '../../../../src/core/text/json';

const textOf = (format: string, schedules: readonly object[]) => {
  const { experiment } = parseExperiment(JSON.stringify({ version: 1, name: 'two', schedules }));
  return String(exportFormat(format).write({ experiment: experiment! }, 'two'));
};

describe('tables of the curves', () => {
  it('LaTeX: eleven times a schedule, symbols in the head, and the name of each where there are several', () => {
    const one = textOf('latex', [{ id: 'cosine' }]);
    const rows = (text: string) => text.split('\\midrule\n')[1]!.split('\\bottomrule')[0]!.trim().split('\n');
    assert.equal(rows(one).length, 11);
    assert.match(one, /^% \\usepackage\{booktabs\}\n% Cosine\. Time runs from noise at t = 0 to data at t = 1\n/);
    assert.match(one, /\\begin\{tabular\}\{@\{\}r{10}@\{\}\}\n\\toprule\nt & \$\\bar\\alpha\$ & \$\\gamma\$/);
    assert.match(rows(one)[0]!, /^\$0\$ & \$0\$ & \$-\\infty\$ & \$\\infty\$/);
    assert.match(rows(one)[5]!, /^\$0\.5\$ & \$0\.4938\$ & \$-0\.02463\$ /);
    const two = textOf('latex', [{ id: 'cosine' }, { id: 'linear-gamma', label: 'A & B' }]);
    assert.equal(rows(two).length, 22);
    assert.match(rows(two)[11]!, /^A \\& B & \$0\$ & \$0\.006693\$ /);
  });

  it('JSON: a list for each quantity, read back to every digit', () => {
    const { name, schedules } = fromJson(textOf('curves', [{ id: 'cosine' }, { id: 'linear-gamma' }])) as {
      name: string;
      schedules: readonly Record<string, readonly number[]>[];
    };
    assert.deepEqual([name, schedules.length], ['two', 2]);
    for (const curves of schedules) assert.deepEqual([curves.t!.length, curves.t!.at(-1)], [1001, 1]);
    assert.deepEqual([schedules[0]!.logSnr![0], schedules[1]!.logSnr![0]], [-Infinity, -5]);
    assert.equal(schedules[1]!.logSnr![500], 0);
  });
});
