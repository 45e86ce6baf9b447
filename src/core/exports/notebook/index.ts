import { besideName, type ExportFormat } from '../export';
import { cellsOf, type Cell } from './cells';

/** A text as a list of lines, each but the last with its end. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

/** A cell as nbformat 4.5 has it. */
const jsonCell = ({ kind, text }: Cell, place: number) => ({
  cell_type: kind,
  id: `cell-${place + 1}`,
  metadata: {},
  ...(kind === 'code' && { execution_count: null, outputs: [] }),
  source: linesOf(text),
});

export const notebook: ExportFormat = {
  id: 'notebook',
  title: 'Jupyter notebook',
  summary: 'The NumPy module in cells that plot the schedule and its overshoot, train, and compare integrators',
  extension: 'ipynb',
  needs: 'experiment',
  write({ experiment }, name) {
    const document = {
      cells: cellsOf(experiment, besideName(name, '')).map(jsonCell),
      metadata: {
        kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
        language_info: { name: 'python' },
      },
      nbformat: 4,
      nbformat_minor: 5,
    };
    return JSON.stringify(document, null, 1) + '\n';
  },
};
