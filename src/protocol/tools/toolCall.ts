import { InputError } from '../../core/registry/problem';
import { whyNot } from '../messages';
import { tools } from '.';
import type { FileUse, ToolDefinition } from './tool';

/** The input of a tool. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** A file or folder that an input names. */
export interface NamedFile {
  readonly file: string;
  readonly use: FileUse;
}

/** The tool of this name; an InputError that lists them where there is none. */
export function toolOf(name: string): ToolDefinition {
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  throw new InputError(`there is no tool "${name}": choose one of ${tools.map((tool) => tool.name).join(', ')}`);
}

/** An input by the tool's schema, with absolute paths; an InputError says what is wrong with it. */
export function readInput(tool: ToolDefinition, given: unknown, resolve: (file: string) => string): ToolInput {
  const checked = tool.input.safeParse(given);
  if (!checked.success) throw new InputError(`${tool.name}: ${whyNot(checked.error)}`);
  const input: Record<string, unknown> = { ...checked.data };
  for (const key of Object.keys(tool.files)) {
    const value = input[key];
    if (typeof value === 'string') input[key] = resolve(value);
    else if (Array.isArray(value)) input[key] = value.map((one) => resolve(String(one)));
  }
  return input;
}

/** The files and folders that an input names, and what is done with them. */
export const filesOf = ({ files }: ToolDefinition, input: ToolInput): NamedFile[] =>
  Object.entries(files).flatMap(([key, use]) =>
    [input[key]].flat().flatMap((file) => (typeof file === 'string' ? [{ file, use: use! }] : [])),
  );

/** Whether a call does what needs the person's trust in the workspace: it touches a file, trains, or starts a program. */
export const needsTrust = (tool: ToolDefinition, input: ToolInput): boolean =>
  Boolean(tool.trains) || Boolean(tool.startsPython) || filesOf(tool, input).length > 0;
