import { defineModifier, shifted } from './modifier';

export const snrShift = defineModifier({
  id: 'snr-shift',
  title: 'SNR shift',
  summary:
    'Divides the SNR by k: alphaBar becomes alphaBar/(k + (1 − k) alphaBar), as snr_shift_scale of CogVideoX does.',
  equation: String.raw`\gamma \mapsto \gamma - \ln k`,
  source: 'Yang et al., CogVideoX, arXiv 2408.06072; diffusers, CogVideoXDDIMScheduler',
  parameters: {
    scale: {
      symbol: 'k',
      summary: 'what the SNR is divided by: more than 1 is more noise',
      default: 1,
      min: 0,
      max: 1e6,
      open: 'min',
      slider: [0.25, 10],
      unit: '1',
    },
  },
  apply: (schedule, { scale }) => shifted(schedule, -Math.log(scale)),
});
