import type { NewRow } from './newRow';

/** New rows of what is written. */
export const outputRows: readonly NewRow[] = [
  {
    what: 'table format',
    id: 'tsv',
    kind: 'table-formats',
    room: 'src/core/text/tables',
    list: 'tableFormats',
    file: {
      name: 'tsv',
      source: `import type { TableFormat } from './table';

export const tsv: TableFormat = {
  id: 'tsv',
  title: 'TSV',
  summary: 'Numbers in full, between tabs.',
  write: ({ names, rows }) => [names, ...rows].map((cells) => cells.join('\\t') + '\\n').join(''),
};
`,
    },
  },
  {
    what: 'export format',
    id: 'names',
    kind: 'formats',
    room: 'src/core/exports',
    list: 'exportFormats',
    file: {
      name: 'names',
      source: `import { entryLabel } from '../schedules/entry';
import type { ExportFormat } from './export';

export const names: ExportFormat = {
  id: 'names',
  title: 'Names',
  summary: 'The name of every schedule, a line each',
  extension: 'txt',
  needs: 'experiment',
  write: ({ experiment: { schedules } }) => schedules.map((entry) => entryLabel(entry) + '\\n').join(''),
};
`,
    },
  },
  {
    what: 'command',
    id: 'count',
    room: 'src/cli/commands',
    list: 'commands',
    file: {
      name: 'count',
      source: `import { schedules } from '../../core/schedules';
import type { CliCommand } from './command';

/** \`noprop count\`: how many families of schedules there are. */
export const count: CliCommand = {
  name: 'count',
  usage: 'count',
  summary: 'How many families of schedules there are.',
  run: (_args, { print }) => print(\`\${schedules.length}\\n\`),
};
`,
    },
  },
];
