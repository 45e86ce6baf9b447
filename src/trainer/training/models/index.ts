import type { Experiment } from '../../../core/experiment/experiment';
import { rowOf } from '../../../core/registry/parameters';
import type { Method, Sampler } from '../../../core/sampling';
import { backprop } from './backprop';
import { ct } from './ct';
import { dt } from './dt';
import { fm } from './fm';
import type { ModelKind } from './modelKind';

/** Every kind of model that can be trained. A new one is a file beside this, a row here and one in core's `models`. */
export const modelKinds: readonly ModelKind[] = [ct, dt, fm, backprop];

/** The kind of an experiment's model; an InputError that lists the known kinds where there is none. */
export const kindOf = ({ model }: Experiment): ModelKind => rowOf('model', modelKinds, model.id);

/** The sampler of an experiment, with what a method sets in place of its own; an InputError where it cannot run. */
export const samplerOf = (experiment: Experiment, method?: Method): Sampler =>
  kindOf(experiment).sampler(experiment, method);
