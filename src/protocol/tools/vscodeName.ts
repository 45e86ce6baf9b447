import type { ToolDefinition } from './tool';

/** How a tool is called among those of all extensions. */
export const vscodeName = ({ name }: Pick<ToolDefinition, 'name'>): string => `noprop_${name}`;
