import fs from 'node:fs/promises';
import os from 'node:os';
import { format, resolveConfig } from 'prettier';

/** Puts Markdown between a bench's two comments in the guide, under a line that says when, where and how it was measured. */
export async function writeGuide(bench: string, lines: readonly string[]): Promise<void> {
  const [file, cpus] = ['media/guide/benchmarks.md', os.cpus()];
  const text = await fs.readFile(file, 'utf8');
  const [start, end] = [`<!-- bench ${bench} -->`, '<!-- end -->'];
  const from = text.indexOf(start);
  if (from < 0) throw new Error(`${file} has no ${start}`);
  const machine = `${cpus.length} x ${cpus[0]?.model ?? 'unknown'}, node ${process.version}`;
  const measured = `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}, by \`npm run bench -- ${bench} guide\`.`;
  const made = `${text.slice(0, from)}${start}\n\n${measured}\n\n${lines.join('\n')}\n\n${text.slice(text.indexOf(end, from))}`;
  await fs.writeFile(file, await format(made, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
