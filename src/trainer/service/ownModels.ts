import { isOwnModel } from '../../core/denoisers/entry';
import type { Experiment } from '../../core/experiment/experiment';
import { withBenchmark, type FlowDenoiser } from '../../core/experiment/experimentFlow';
import type { FileRule } from '../../core/files/filePlaces';
import type { CallContext } from '../../protocol/rpc';
import type { TrainerCalls } from '../../protocol/trainerCalls';
import type { ModelLine } from '../ownModel/modelLine';
import { openModel } from '../ownModel/openModel';
import { ModelThread, type ModelCall, type ModelThreadOptions } from './modelThread';

export interface OwnModelOptions extends ModelThreadOptions {
  /** The line to the model, in the thread that may wait for it. */
  readonly line?: ModelLine | undefined;
  /** Which files may be read now. */
  readonly files: () => FileRule;
}

/** Gives work the u that it needs: where that is a model of the reader, the work is done in a thread that may wait for it. */
export class OwnModels {
  private readonly thread: ModelThread;

  constructor(private readonly options: OwnModelOptions) {
    this.thread = new ModelThread(options);
  }

  /** The dynamics of an experiment, and the like: with its own u. */
  dynamics(
    args: TrainerCalls['dynamics']['args'],
    context: CallContext<TrainerCalls['dynamics']['progress']>,
    work: (own?: FlowDenoiser) => Promise<TrainerCalls['dynamics']['value']>,
  ): Promise<TrainerCalls['dynamics']['value']> {
    return this.with('dynamics', args, context, { experiment: args[0], folder: args[1] }, work);
  }

  /** A comparison in closed form, or its paths: with the u of the problem that it names. */
  compared<K extends 'compare' | 'comparedPaths'>(
    name: K,
    args: TrainerCalls[K]['args'],
    context: CallContext<TrainerCalls[K]['progress']>,
    work: (own?: FlowDenoiser) => Promise<TrainerCalls[K]['value']>,
  ): Promise<TrainerCalls[K]['value']> {
    const { experiment, folder, run } = args[0];
    if (run !== undefined) return work();
    return this.with(name, args, context, { experiment: withBenchmark(experiment), folder }, work);
  }

  private async with<K extends ModelCall>(
    name: K,
    args: TrainerCalls[K]['args'],
    context: CallContext<TrainerCalls[K]['progress']>,
    { experiment, folder }: { readonly experiment: Experiment; readonly folder: string },
    work: (own?: FlowDenoiser) => Promise<TrainerCalls[K]['value']>,
  ): Promise<TrainerCalls[K]['value']> {
    if (!isOwnModel(experiment.denoiser)) return work();
    const { line, files } = this.options;
    if (!line) return this.thread.run(name, args, files(), context);
    return work(await openModel(experiment, folder, files(), line));
  }
}
