import { dynamicsPaths } from '../../../core/dynamicsPaths/dynamicsPaths';
import type { DynamicsPaths } from '../../../core/dynamics/paths';
import type { Experiment } from '../../../core/experiment/experiment';
import type { FlowDenoiser } from '../../../core/experiment/experimentFlow';
import type { FileRule } from '../../../core/files/filePlaces';
import type { TaskProgress } from '../../../protocol/progress';
import { contextOf, type CallContext } from '../../../protocol/rpc';
import { cleanData } from '../../data/load';
import { Yielder } from '../yielder';

/**
 * The dynamics of an experiment, whose data file's path is relative to `folder`; see `dynamicsPaths`. Throws with code
 * "cancelled" on a cancel.
 */
export async function dynamicsTask(
  experiment: Experiment,
  folder: string,
  context: CallContext<TaskProgress> = contextOf({}),
  rule: FileRule = 'any',
  own?: FlowDenoiser,
): Promise<DynamicsPaths> {
  const data = await cleanData(experiment, folder, rule);
  return dynamicsPaths(experiment, { data, own }, new Yielder(context));
}
