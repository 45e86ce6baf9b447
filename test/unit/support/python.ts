import { spawnSync } from 'node:child_process';

/**
 * A Python that has these packages: NOPROP_PYTHON, else the first of python3 and /usr/bin/python3. Undefined where there
 * is none; a test that needs one then skips itself.
 */
export function pythonWith(...packages: readonly string[]): string | undefined {
  const named = process.env.NOPROP_PYTHON;
  const candidates = named ? [named] : ['python3', '/usr/bin/python3'];
  const script = packages.map((name) => `import ${name}`).join('\n');
  return candidates.find((python) => spawnSync(python, ['-c', script], { stdio: 'ignore' }).status === 0);
}

/** What a script prints, as JSON. An Error with its traceback where it fails. */
export function pythonJson<T>(python: string, script: string, args: readonly string[] = []): T {
  const { status, stdout, stderr } = spawnSync(python, ['-', ...args], {
    input: script,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${python}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** A suite of tests that need a Python with these packages; where there is none, its title says so and it is skipped. */
export function describeWithPython(title: string, packages: readonly string[], tests: (python: string) => void): void {
  const python = pythonWith(...packages);
  if (python !== undefined) describe(title, () => tests(python));
  else
    describe.skip(`${title} (no Python${packages.length ? ` with ${packages.join(', ')}` : ''})`, () =>
      tests('python3'));
}
