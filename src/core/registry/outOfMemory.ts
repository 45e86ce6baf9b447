import { CodedError } from './problem';

/** What V8 says where an array or a text does not fit. These errors have no code. */
const NO_ROOM = /Array buffer allocation failed|Invalid (typed array|string|array) length|could not allocate memory/i;

/** Whether a caught value says that memory was short: of the engine's heap, of a thread's, or of one array. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof CodedError) return error.code === 'memory';
  const { code, name, message } = (error ?? {}) as NodeError;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return true;
  // Emscripten ends a module so that cannot have a larger heap.
  return (name === 'RangeError' && NO_ROOM.test(message ?? '')) || /\bAborted\(.*(OOM|memory)/.test(message ?? '');
}

interface NodeError {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
}
