import assert from 'node:assert/strict';
import { assertRuns, ofConfig } from './support';

/** Keys of a class, the method they give with its noise, and what is said of it where it is only near. */
const cases: readonly (readonly [name: string, keys: object, id: string, noise: boolean, near?: RegExp])[] = [
  ['DPMSolverMultistepScheduler', {}, 'dpmpp-2m', false],
  ['DPMSolverMultistepScheduler', { solver_order: 1 }, 'exponential-1', false],
  ['DPMSolverMultistepScheduler', { solver_order: 3 }, 'dpmpp-3m', false],
  ['DPMSolverMultistepScheduler', { algorithm_type: 'deis' }, 'dpmpp-2m', false],
  ['DPMSolverMultistepScheduler', { solver_type: 'heun' }, 'exponential-2', false, /a step of order 3 starts it/],
  ['DPMSolverMultistepScheduler', { solver_type: 'bh2' }, 'dpmpp-2m', false],
  ['DPMSolverMultistepScheduler', { algorithm_type: 'dpmsolver' }, 'dpmpp-2m', false, /holds the noise on a line/],
  ['DPMSolverMultistepScheduler', { algorithm_type: 'dpmsolver', solver_order: 1 }, 'exponential-1', false],
  ['DPMSolverMultistepScheduler', { algorithm_type: 'sde-dpmsolver++', solver_order: 1 }, 'posterior-step', true],
  [
    'DPMSolverMultistepScheduler',
    { algorithm_type: 'sde-dpmsolver++' },
    'posterior-step',
    true,
    /of order 2 is not there/,
  ],
  [
    'DPMSolverMultistepScheduler',
    { algorithm_type: 'sde-dpmsolver', solver_order: 1 },
    'posterior-step',
    true,
    /holds the noise/,
  ],
  ['DPMSolverSinglestepScheduler', {}, 'dpmpp-2s', false, /counts the 2 calls of a step as 2 steps/],
  ['DPMSolverSinglestepScheduler', { solver_order: 1 }, 'exponential-1', false],
  ['DPMSolverSinglestepScheduler', { solver_order: 3 }, 'exponential-3', false, /the 3 calls/],
  ['EDMDPMSolverMultistepScheduler', {}, 'dpmpp-2m', false],
  ['UniPCMultistepScheduler', {}, 'unipc-2', false],
  ['UniPCMultistepScheduler', { solver_type: 'bh1' }, 'unipc-2', false, /which is bh2/],
  ['UniPCMultistepScheduler', { predict_x0: false }, 'unipc-2', false, /predict_x0 false holds the noise/],
  ['UniPCMultistepScheduler', { solver_order: 3 }, 'unipc-2', false, /UniPC of order 3 is not there/],
  [
    'UniPCMultistepScheduler',
    { disable_corrector: [0] },
    'unipc-2',
    false,
    /corrects the steps of disable_corrector too/,
  ],
  ['DEISMultistepScheduler', { solver_order: 1 }, 'exponential-1', false],
  ['DEISMultistepScheduler', {}, 'dpmpp-2m', false, /holds the noise on a polynomial/],
  ['DDIMScheduler', {}, 'exponential-1', false],
  ['EulerDiscreteScheduler', {}, 'exponential-1', false],
  ['DDPMScheduler', {}, 'posterior-step', true],
  ['EulerAncestralDiscreteScheduler', {}, 'posterior-step', true],
  ['CosineDPMSolverMultistepScheduler', {}, 'posterior-step', true, /SDE-DPM-Solver\+\+\(2M\) is not there/],
  ['SASolverScheduler', {}, 'posterior-step', true, /SA-Solver is a stochastic Adams method/],
];

describe('solver keys of diffusers', () => {
  for (const [name, keys, id, noise, near] of cases)
    it(`${name} ${JSON.stringify(keys)}: ${id}${near ? ', the nearest' : ''}`, () => {
      const imported = ofConfig({ _class_name: name, ...keys });
      const { integrator, dynamics } = imported.experiment;
      assert.deepEqual([integrator.id, dynamics.noise], [id, noise]);
      const said = imported.assumed.find(({ key }) => key === 'integrator');
      if (near) assert.match(said!.note, near);
      else assert.equal(said, undefined);
      assertRuns(imported);
    });

  const lasts: readonly (readonly [string, object, string])[] = [
    ['DPMSolverMultistepScheduler', {}, 'lower-order'],
    ['DPMSolverMultistepScheduler', { final_sigmas_type: 'sigma_min' }, 'lower-order-under'],
    ['DPMSolverMultistepScheduler', { final_sigmas_type: 'sigma_min', lower_order_final: false }, 'to-end'],
    ['DPMSolverMultistepScheduler', { final_sigmas_type: 'sigma_min', euler_at_final: true }, 'lower-order'],
    ['DEISMultistepScheduler', {}, 'lower-order-under'],
    ['DEISMultistepScheduler', { lower_order_final: false }, 'to-end'],
    ['UniPCMultistepScheduler', {}, 'lower-order'],
    ['UniPCMultistepScheduler', { lower_order_final: false }, 'to-end'],
    ['DDIMScheduler', {}, 'auto'],
  ];
  for (const [name, keys, final] of lasts)
    it(`${name} ${JSON.stringify(keys)}: the last step is ${final}`, () => {
      const { experiment, used } = ofConfig({ _class_name: name, ...keys });
      assert.equal(experiment.integrator.final, final);
      assert.deepEqual(used.map(({ key }) => key), ['_class_name', ...Object.keys(keys)]); // prettier-ignore
    });

  it('what has no effect on a method is reported as unused, with the reason', () => {
    const keys = { lower_order_final: true, euler_at_final: true, final_sigmas_type: 'sigma_min', solver_order: 1 };
    const { unused } = ofConfig({ _class_name: 'DPMSolverMultistepScheduler', ...keys });
    assert.deepEqual(
      unused.map(({ key, note }) => [key, note]),
      [
        ['lower_order_final', 'this method uses no earlier steps'],
        ['euler_at_final', 'this method uses no earlier steps'],
        ['final_sigmas_type', 'the steps end where the window does'],
      ],
    );
    const first = ofConfig({ _class_name: 'DPMSolverMultistepScheduler', solver_order: 1, solver_type: 'heun' });
    assert.match(first.unused.find(({ key }) => key === 'solver_type')!.note, /form of order 2 alone/);
  });

  for (const [keys, message] of [
    [{ solver_order: 4 }, /^solver_order must be 1, 2 or 3: got 4$/],
    [{ solver_order: '2' }, /^solver_order must be a whole number from 1 to 20: got "2"$/],
    [{ solver_type: 'mid' }, /^unknown solver_type "mid": choose one of midpoint, heun, /],
    [{ algorithm_type: 'ode' }, /^unknown algorithm_type "ode": choose one of dpmsolver\+\+, /],
  ] as const)
    it(`${JSON.stringify(keys)} is refused by name`, () => {
      assert.throws(() => ofConfig({ _class_name: 'DPMSolverMultistepScheduler', ...keys }), { name: 'InputError', message }); // prettier-ignore
    });
});
