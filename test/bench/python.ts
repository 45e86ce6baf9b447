import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A Python beside ours: it says its version, then answers each line by a number. */
export interface PythonContender {
  readonly version: string;
  turn(line: string | number): Promise<number>;
  stop(): void;
}

/** Starts a script of test/bench; undefined where there is no such Python, or it lacks what the script imports. */
export async function startPython(
  script: string,
  words: readonly (string | number)[],
  python = 'python3',
): Promise<PythonContender | undefined> {
  const args = [path.resolve('test/bench', script), ...words.map(String)];
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise<undefined>((resolve) => child.once('error', () => resolve(undefined)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => ((await lines.next()) as { value?: string }).value;
  const version = await Promise.race([line(), failed]);
  if (version === undefined) return undefined;
  return {
    version,
    async turn(words) {
      child.stdin.write(`${words}\n`);
      return Number(await line());
    },
    stop: () => void child.stdin.end(),
  };
}
