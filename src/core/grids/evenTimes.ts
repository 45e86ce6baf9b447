import { InputError } from '../registry/problem';
import { defineGrid, within } from './grid';

export const evenTimes = defineGrid({
  id: 'even-times',
  title: 'Even times',
  summary: 'Steps that begin evenly between two times of the schedule, whatever the window is.',
  source: 'diffusers, FlowMatchEulerDiscreteScheduler with the sigmas of its pipelines',
  parameters: {
    first: {
      title: 'First time',
      symbol: 't₀',
      summary: 'where the first step is counted from; it begins at the start of the window',
      default: 0,
      min: 0,
      max: 1,
      slider: [0, 0.1],
      unit: 't',
    },
    last: {
      title: 'Last time',
      symbol: 't₁',
      summary: 'where the last step would end; it ends at the end of the window',
      default: 1,
      min: 0,
      max: 1,
      slider: [0.9, 1],
      unit: 't',
    },
  },
  create: ({ first, last }) => {
    if (!(first < last)) throw new InputError(`last must be greater than first (${first}): got ${last}`);
    return {
      id: 'even-times',
      times: ({ window }, steps) =>
        within(window, Array.from({ length: steps }, (_, k) => first + ((last - first) * k) / steps).slice(1)),
    };
  },
});
