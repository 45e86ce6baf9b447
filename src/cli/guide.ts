import { fillLists, vscodeLists } from '../core/reference/guideLists';
import { commands } from './commands';

/** Every command with its usage and what it does, in Markdown. */
const commandsMarkdown = (): string =>
  commands.map((row) => `### ${row.name}\n\n\`\`\`sh\nnoprop ${row.usage}\n\`\`\`\n\n${row.summary}`).join('\n\n');

/** A page of the guide with its lists made anew, from the code and from package.json and its texts. */
export const fillPage = (markdown: string, ...manifest: Parameters<typeof vscodeLists>): string =>
  fillLists(markdown, { commands: commandsMarkdown, ...vscodeLists(...manifest) });
