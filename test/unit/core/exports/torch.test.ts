import assert from 'node:assert/strict';
import { dynamics } from '../../../../src/core/dynamics';
import type { Experiment } from '../../../../src/core/experiment/experiment';
import { integrators } from '../../../../src/core/integrators';
import { exportedText } from '../../support/exported';
import { describeWithPython, pythonJson } from '../../support/python';
import {
  assertClose,
  assertQuantities,
  endsHere,
  experimentOf,
  RATE_TIMES,
  ratesHere,
  scheduleCases,
  STARTS,
  steppedBy,
  TIMES,
  under,
  type Plain,
} from './moduleCases';

/** PyTorch takes long to start: one process answers for all modules. */
const HELPERS = `
import json, math, sys
import torch

def plain(x):
    values = torch.as_tensor(x, dtype=torch.float64).ravel().tolist()
    return [v if math.isfinite(v) else str(v) for v in values]

class Draws:
    count = 0
    def __call__(self):
        self.count += 1
        return torch.sin(torch.arange(1.0, 5.0, dtype=torch.float64) * self.count)

def of_module(source, answer):
    names = {}
    exec(compile(source, "module", "exec"), names)
    return answer(names)
`;

/** What an expression of a module's names gives, for each of these experiments. */
const answers = <T>(python: string, experiments: readonly Experiment[], expression: string): T[] =>
  pythonJson<T[]>(
    python,
    `${HELPERS}
sources = json.loads(${JSON.stringify(JSON.stringify(experiments.map((one) => exportedText('torch', one))))})
print(json.dumps([of_module(source, lambda m: ${expression}) for source in sources]))
`,
  );

const TIMES_TEXT = JSON.stringify([...TIMES]);

describeWithPython('export: a PyTorch module', ['torch'], function (python) {
  it('has every schedule in every way, to 1e-6 in every quantity', function () {
    this.timeout(60_000);
    const found = answers<Record<string, Plain>[]>(
      python,
      scheduleCases.map(([, experiment]) => experiment),
      `[{key: plain(row) for key, row in schedule.quantities(${TIMES_TEXT}).items()} for _, schedule in m["SCHEDULES"]]`,
    );
    scheduleCases.forEach(([, experiment], k) => assertQuantities(experiment, found[k]!, 1e-6));
  });

  it('has the rates of every dynamics', function () {
    this.timeout(60_000);
    const experiments = dynamics.map(({ id }) => under(id));
    const found = answers<number[][]>(python, experiments, `[plain(part) for part in m["rates"](${JSON.stringify(RATE_TIMES)})]`); // prettier-ignore
    experiments.forEach((experiment, k) => {
      const { pull, decay } = ratesHere(experiment);
      assertClose(found[k]![0]!, pull, `${experiment.dynamics.id}: pull`, 1e-6);
      assertClose(found[k]![1]!, decay, `${experiment.dynamics.id}: decay`, 1e-6);
    });
  });

  it('carries states by every integrator to the same ends', function () {
    this.timeout(60_000);
    const experiments = integrators.map(({ id }) => steppedBy(id));
    const found = answers<[number[], number[]]>(
      python,
      experiments,
      `[plain(m["sample"](lambda z, t: torch.tanh(2 * z + t) * (1 + t), ${JSON.stringify(STARTS)}, Draws())), plain(m["TIMES"])]`,
    );
    experiments.forEach((experiment, k) => {
      const here = endsHere(experiment);
      assertClose(found[k]![1], here.times, 'times', 0);
      assertClose(found[k]![0], here.ends, experiment.integrator.id, 1e-6);
    });
  });

  it('answers in the precision of its times, and derivatives follow them', function () {
    this.timeout(60_000);
    const [[kinds, rate, wanted]] = answers<[string[], number, number]>(
      python,
      [experimentOf({ schedules: [{ id: 'cosine' }] })],
      `(lambda s, t: [
        [str(s.log_snr(t.float()).dtype), str(s.quantities(t.float())["snr"].dtype), str(m["rates"](t.float())[0].dtype), str(s.log_snr(0.5).dtype)],
        torch.autograd.grad(s.log_snr(t), t)[0].item(), s.log_snr_rate(t).item(),
      ])(m["SCHEDULE"], torch.tensor(0.3, dtype=torch.float64, requires_grad=True))`,
    ) as [[string[], number, number]];
    assert.deepEqual(kinds, ['torch.float32', 'torch.float32', 'torch.float32', 'torch.float64']);
    assert.ok(Math.abs(rate - wanted) < 1e-9 * wanted);
  });
});
