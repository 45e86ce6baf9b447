import { unpacked } from '../src/core/report/packed';
import type { ReportContent } from '../src/core/report/reportContent';
import { startLab } from './labPage';
import { installHost } from './report/reportHost';
import { followColours } from './report/colours';
import { reportTab } from './report/reportTab';

/** The content of the report that this page is. */
async function readContent(): Promise<ReportContent> {
  const text = document.getElementById('content')!.textContent;
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const whole = new Uint8Array(await new Response(stream).arrayBuffer());
  return unpacked(whole, { decode: (part) => new TextDecoder().decode(part) }) as ReportContent;
}

void readContent().then((content) => {
  followColours();
  installHost(content);
  // without comparisons the tab of integrators would offer one, which takes a trainer
  const shown = (id: string) => (id === 'integrators' ? content.comparisons.length : id !== 'training' || content.runs.length); // prettier-ignore
  startLab((usual, store) => [reportTab(store, content), ...usual.filter(({ id }) => shown(id))]);
});
