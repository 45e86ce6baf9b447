import { MOST_LINES, writtenSteps, type StepLine } from '../integrators';
import type { Sampler } from './sampler';

/** A line of the steps of a sampler; u is that of a block where the model has such. */
export type SampledLine = StepLine & { readonly block?: number };

/** The steps of a sampler written out, each with its block where there are `blocks`, or why they are not. */
export function sampledSteps(
  sampler: Sampler,
  blocks: boolean,
  most = MOST_LINES,
): { readonly lines: readonly SampledLine[] } | { readonly why: string } {
  if (sampler.direct) return { lines: [{ sum: [[0, 1]], t: 1 }] };
  const lines = writtenSteps(sampler, blocks ? 'blocks' : 'all', most);
  if (!lines)
    return {
      why:
        sampler.tolerance === undefined
          ? `there are more than ${most} lines, or a factor is infinite`
          : `${sampler.integrator.id} chooses its own steps by the tolerance ${sampler.tolerance}`,
    };
  const { times } = sampler;
  return { lines: blocks ? lines.map((line) => (line.t === undefined ? line : { ...line, block: times.indexOf(line.t) })) : lines }; // prettier-ignore
}
