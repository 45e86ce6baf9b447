import * as z from 'zod';
import { schemaOf } from '../outputs';

/** Where a tool works. */
export interface ToolPlace {
  /** What relative paths are relative to; absolute. */
  readonly folder: string;
  /** Where runs are kept unless the caller names a folder; absolute. */
  readonly runs: string;
}

/** What a tool answers. */
export interface ToolAnswer {
  /** The result and what was warned of, for a model or a person to read. */
  readonly text: string;
  /** The result by the tool's output schema, where it has one. */
  readonly result?: Readonly<Record<string, unknown>> | undefined;
}

/** What is done with a file that an input names. */
export type FileUse = 'read' | 'write';

type Shape = Readonly<Record<string, z.ZodType>>;

/**
 * A tool for agents: one definition for the Model Context Protocol and for VS Code's language models. It is done by the
 * command of the terminal that has its name.
 */
export interface ToolDefinition<S extends Shape = Shape> {
  /** That of the command. */
  readonly name: string;
  readonly title: string;
  /** For the model: what it does, and when to use it. */
  readonly description: string;
  readonly input: z.ZodObject<S>;
  /** What the command prints with --json, as an object; without it the answer is text alone. */
  readonly output?: z.ZodObject | undefined;
  /** The inputs that name files or folders, and what is done with them. */
  readonly files: Readonly<Partial<Record<keyof S & string, FileUse>>>;
  /** Whether it trains, which takes long and keeps runs. */
  readonly trains?: boolean;
  /** Whether it starts Python where the experiment's u is a model of the reader. */
  readonly startsPython?: boolean;
  /** The arguments of the command for an input whose paths are absolute. */
  readonly args: (input: z.output<z.ZodObject<S>>, place: ToolPlace) => string[];
}

/** Checks a definition against the types of its own input, and forgets them: a registry holds them all. */
export const defineTool = <S extends Shape>(tool: ToolDefinition<S>): ToolDefinition =>
  tool as unknown as ToolDefinition;

/** The arguments of an option: none where it is left out, one for each value of a list. */
export function option(name: string, value: unknown): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [`--${name}`];
  return (Array.isArray(value) ? value : [value]).map((one) => `--${name}=${String(one)}`);
}

/** The option of values between commas. */
export const listOption = (name: string, values: readonly unknown[] | undefined): string[] =>
  option(name, values?.join(','));

/** The option of settings of an experiment by their paths. */
export const setOption = (settings: Readonly<Record<string, unknown>> | undefined): string[] =>
  option('set', Object.entries(settings ?? {}).map(([path, value]) => `${path}=${JSON.stringify(value)}`)); // prettier-ignore

/** Positional arguments, none of which is taken for an option. */
export const positionals = (...values: readonly (string | undefined)[]): string[] => [
  '--',
  ...values.filter((value) => value !== undefined),
];

/** The JSON schema (draft 7) of a tool's input. */
export const inputSchema = ({ input }: ToolDefinition): object =>
  z.toJSONSchema(input, { target: 'draft-7', io: 'input' });

/** The JSON schema (draft 7) of a tool's result; undefined where it has none. */
export const resultSchema = ({ output, title }: ToolDefinition): object | undefined =>
  output && schemaOf(output, title);
