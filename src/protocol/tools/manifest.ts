import { tools } from '.';
import { inputSchema } from './tool';
import { vscodeName } from './vscodeName';

/** The tools as package.json declares them to VS Code: `contributes.languageModelTools`. */
export const languageModelTools = (): object[] =>
  tools.map((tool) => ({
    name: vscodeName(tool),
    toolReferenceName: vscodeName(tool),
    displayName: tool.title,
    userDescription: tool.title,
    modelDescription: tool.description,
    canBeReferencedInPrompt: true,
    icon: '$(graph-line)',
    tags: ['noprop'],
    inputSchema: inputSchema(tool),
  }));
