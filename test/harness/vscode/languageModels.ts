import type { LanguageModelTool } from 'vscode';
import { Disposable } from './events';

/** What language models may call, by name. */
export const tools = new Map<string, LanguageModelTool<object>>();

/** Language models, of which there are none: a test calls their tools. */
export const lm = {
  registerTool(name: string, tool: LanguageModelTool<object>): Disposable {
    tools.set(name, tool);
    return new Disposable(() => tools.delete(name));
  },
};

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolResult {
  constructor(readonly content: readonly LanguageModelTextPart[]) {}
}
