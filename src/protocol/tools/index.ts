import { check } from './check';
import { compare } from './compare';
import { exportTool } from './export';
import { importTool } from './import';
import { list } from './list';
import { schedule } from './schedule';
import type { ToolDefinition } from './tool';
import { train } from './train';

/** Every tool, in the order in which they are listed. A new one is a file beside this and a row here. */
export const tools: readonly ToolDefinition[] = [list, schedule, check, train, compare, importTool, exportTool];
