import type { RunRecord } from './record';

/** Whether a run can go on: it was stopped or interrupted. */
export const isResumable = ({ state }: Pick<RunRecord, 'state'>): boolean =>
  state === 'stopped' || state === 'interrupted';
