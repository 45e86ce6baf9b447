import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import launch from '../../../.vscode/launch.json';
import tasks from '../../../.vscode/tasks.json';
import manifest from '../../../package.json';

/** A path of a launch or task file, in this project; undefined where it depends on the file that is open. */
const local = (text: string) => {
  const place = text.replace('${workspaceFolder}/', '').replace(/^--\w+=/, '');
  return place.includes('$') || /^(-|dist|out)/.test(place) ? undefined : place;
};

describe('.vscode', () => {
  const labels = tasks.tasks.map(({ label }) => label);

  for (const { name, ...configuration } of launch.configurations)
    it(`${name}: its task and its files exist`, () => {
      const { preLaunchTask, program, args } = configuration as {
        preLaunchTask?: string;
        program?: string;
        args: string[];
      };
      if (preLaunchTask !== undefined) assert.ok(labels.includes(preLaunchTask), preLaunchTask);
      for (const text of [program, ...args.filter((arg) => arg.includes('/'))]) {
        const file = text && local(text);
        if (file) assert.ok(existsSync(file), file);
      }
    });

  for (const { label, ...task } of tasks.tasks)
    it(`the task ${label} runs without a shell, and what it runs exists`, () => {
      const { type, command, args, script, dependsOn } = task as {
        type?: string;
        command?: string;
        args?: string[];
        script?: string;
        dependsOn?: string[];
      };
      if (dependsOn) return dependsOn.forEach((other) => assert.ok(labels.includes(other), other));
      if (type === 'npm') return assert.ok(Object.keys(manifest.scripts).includes(script ?? ''), script);
      assert.deepEqual([type, command], ['process', 'node']);
      const file = args![0]!;
      if (file !== '-e') assert.ok(existsSync(file), file);
    });
});
