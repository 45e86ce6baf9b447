import type { RunRecord } from './record';

/** The backend in the record of a run that an exported script trained in PyTorch: that script goes on with it. */
export const PYTORCH = 'pytorch';

/** Whether a run can go on here: it was stopped or interrupted. */
export const isResumable = ({
  state,
  backend,
}: Pick<RunRecord, 'state'> & Partial<Pick<RunRecord, 'backend'>>): boolean =>
  backend !== PYTORCH && (state === 'stopped' || state === 'interrupted');
