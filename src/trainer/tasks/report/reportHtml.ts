import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packed } from '../../../core/report/packed';
import type { ReportContent } from '../../../core/report/reportContent';
import { lineText } from '../../../core/text/plainText';

const TEXT = new TextEncoder();

/** A part of a document, and the source that the page's policy lets it have. */
const allowed = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** Unpacks the page's script, which the policy knows by its hash, and runs it. */
const LOADER = `(async () => {
  const packed = Uint8Array.from(atob(document.getElementById('page').textContent), (one) => one.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.textContent = await new Response(stream).text();
  document.body.append(script);
})().catch((error) => {
  document.getElementById('app').textContent = 'This browser cannot open the report: ' + error.message;
});`;

/** Bytes, compressed, as text. */
const zipped = async (bytes: Uint8Array | string): Promise<string> =>
  (await promisify(gzip)(bytes, { level: 9 })).toString('base64');

/**
 * A report as one HTML file that asks for nothing: the pages of the lab with their styles and fonts, and the content,
 * packed. `dist` is the folder of report.js and report-style.css. Its policy lets nothing else run.
 */
export async function reportHtml(content: ReportContent, dist: string): Promise<string> {
  const read = (name: string) => fs.readFile(path.join(dist, name), 'utf8');
  const [script, style, icons] = await Promise.all([read('report.js'), read('report-style.css'), read('codicon.css')]);
  const css = await withFonts(`${icons}\n${style}`, dist);
  const [page, held] = await Promise.all([
    zipped(script),
    zipped(packed(content, { encode: (text) => TEXT.encode(text) })),
  ]);
  const policy = [
    "default-src 'none'",
    'img-src data: blob:',
    'font-src data:',
    `style-src ${allowed(css)}`,
    `script-src ${allowed(LOADER)} ${allowed(script)}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(lineText(content.experiment.name))}: report</title>
<style>${css}</style>
</head>
<body data-page="report">
<main id="app"><noscript>This report needs JavaScript, which is part of the file.</noscript></main>
<script type="application/octet-stream" id="content">${held}</script>
<script type="application/octet-stream" id="page">${page}</script>
<script>${LOADER}</script>
</body>
</html>
`;
}

/** Styles with the fonts that they name in them. */
async function withFonts(css: string, dist: string): Promise<string> {
  const names = new Set(
    Array.from(css.matchAll(/url\("?(?:\.\/)?([\w-]+\.(?:ttf|woff2))[^)]*\)/g), ([, name]) => name!),
  );
  let whole = css;
  for (const name of names) {
    const bytes = await fs.readFile(path.join(dist, name));
    const address = `url(data:font/${path.extname(name).slice(1)};base64,${bytes.toString('base64')})`;
    whole = whole.replaceAll(new RegExp(`url\\("?(?:\\./)?${name.replace('.', '\\.')}[^)]*\\)`, 'g'), () => address);
  }
  return whole;
}
