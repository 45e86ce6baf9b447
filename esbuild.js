// Builds dist (the extension, its pages, the command line) and, with --tests, out/test.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const temml = require('temml');

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
const watch = flags.has('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  mainFields: ['module', 'main'],
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode', 'mocha'] };

/** Modules of MathML by its LaTeX, and the function of src/core/reference/equations.ts that lists what each has. */
const typesetModules = { 'virtual:equations': 'equations', 'virtual:derivation': 'derivationForms' };

/** LaTeX as MathML, without the inline styles that the pages' policy forbids; \differ{...} becomes a class. */
const typeset = (latex) =>
  temml
    .renderToString(latex, { displayMode: true, trust: true, macros: { '\\differ': '\\class{differ}{#1}' } })
    .replace(/ style="[^"]*"/g, '');

/** The registries' equations, typeset when a page is bundled. */
const equations = {
  name: 'equations',
  setup(build) {
    build.onResolve({ filter: /^virtual:/ }, ({ path: id }) => ({ path: id, namespace: 'virtual' }));
    build.onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path: id }) => {
      const list = load('src/core/reference/equations.ts')[typesetModules[id]];
      const made = list().map((latex) => [latex, typeset(latex)]);
      return { contents: JSON.stringify(Object.fromEntries(made)), loader: 'json' };
    });
  },
};

const bundles = {
  host: { ...node, entryPoints: { extension: 'src/host/extension.ts' }, outdir: 'dist' },
  trainer: { ...node, entryPoints: { trainer: 'src/trainer/service/worker.ts' }, outdir: 'dist' },
  cli: { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
  webview: {
    ...common,
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    format: 'iife',
    target: 'chrome122',
    entryPoints: { lab: 'webview/lab.ts', side: 'webview/side.ts', page: 'webview/styles/page.css' },
    outdir: 'dist',
    plugins: [equations],
  },
};

/** Every test file becomes one bundle under out/test, so mocha and the extension host load plain JavaScript. */
function testBundle() {
  const rooms = ['unit', 'host', 'ui', 'bench'];
  const entryPoints = rooms.flatMap((room) =>
    fs
      .readdirSync(path.join('test', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.test\.ts$|^(index|bench)\.ts$/.test(name))
      .map((name) => ({ in: path.join('test', room, name), out: path.join(room, name.slice(0, -3)) })),
  );
  return {
    ...node,
    entryPoints,
    outdir: 'out/test',
    packages: 'external',
    sourcemap: 'inline',
    loader: { '.csv': 'text' },
  };
}

/** Runs a module of src/core at build time. */
function load(entry) {
  const built = esbuild.buildSync({ ...node, entryPoints: [entry], write: false, sourcemap: false });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', built.outputFiles[0].text)(module, module.exports, require);
  return module.exports;
}

/** Writes the JSON schema VS Code uses for completion and squiggles, from the one definition in src/core. */
function writeSchema() {
  const { jsonSchema } = load('src/core/experiment/jsonSchema.ts');
  fs.writeFileSync('media/experiment.schema.json', JSON.stringify(jsonSchema(), null, 2) + '\n');
}

/** Brings the tables of the README, each between two comments, up to the registries that they list. */
async function writeTables() {
  if (!fs.existsSync('README.md')) return;
  const { catalogue, markdownTable } = load('src/core/reference/catalogue.ts');
  const text = fs.readFileSync('README.md', 'utf8');
  const filled = text.replace(
    /(<!-- list (\w+) -->\n)[^]*?(<!-- end -->)/g,
    (_, start, kind, end) => `${start}\n${markdownTable(catalogue[kind])}\n${end}`,
  );
  // Formatting costs more than the build's other small steps, so only where a row changed.
  if (cells(filled) === cells(text)) return;
  const { format, resolveConfig } = await import('prettier');
  fs.writeFileSync('README.md', await format(filled, { ...(await resolveConfig('README.md')), parser: 'markdown' }));
}

/** A text without what only lays its tables out. */
const cells = (text) => text.replace(/[\s-]+/g, ' ');

/** Writes the licence of every package that the bundles hold, as their terms ask. */
function writeLicenses(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = new Set(inputs.map((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  const texts = [...packages, 'node_modules/@vscode/codicons'].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  fs.writeFileSync('dist/licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}

/** The trainer's own kernels; each variant a module for tfjs' memory. */
const kernels = { 'kernels.wasm': 'simd', 'kernels-relaxed.wasm': 'simd,relaxed-simd' };

/** Compiles the kernels that are older than their sources. */
async function buildKernels() {
  const folder = 'src/trainer/kernels';
  const sources = [...fs.readdirSync(folder).map((name) => path.join(folder, name)), 'esbuild.js'];
  const newest = Math.max(...sources.map((file) => fs.statSync(file).mtimeMs));
  for (const [name, features] of Object.entries(kernels)) {
    const file = path.join('dist', name);
    if (fs.existsSync(file) && fs.statSync(file).mtimeMs > newest) continue;
    const { default: asc } = await import('assemblyscript/asc');
    const options = ['--runtime', 'stub', '--importMemory', '--noAssert', '-O3', '--enable', features];
    const { error, stderr } = await asc.main([`${folder}/index.ts`, '--outFile', file, ...options]);
    if (error) throw new Error(`${error.message}\n${stderr}`);
    if (!hasSection(fs.readFileSync(file), DATA)) continue;
    fs.rmSync(file);
    throw new Error(`${name} brings data, which would overwrite what tfjs has in its memory`);
  }
}

/** The kind of section with which a module fills its memory. */
const DATA = 11;

/** Whether a WebAssembly module has a section of a kind. */
function hasSection(bytes, kind) {
  for (let at = 8; at < bytes.length;) {
    if (bytes[at++] === kind) return true;
    let [size, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++];
      size |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    at += size;
  }
  return false;
}

async function main() {
  writeSchema();
  await writeTables();
  fs.mkdirSync('dist', { recursive: true });
  await buildKernels();
  for (const file of ['codicon.css', 'codicon.ttf'])
    fs.copyFileSync(path.join('node_modules/@vscode/codicons/dist', file), path.join('dist', file));
  const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';
  for (const file of ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'])
    fs.copyFileSync(path.join(wasm, file), path.join('dist', file));
  const shipped = Object.values(bundles);
  if (watch) return void (await Promise.all(shipped.map(async (options) => (await esbuild.context(options)).watch())));
  writeLicenses(await Promise.all(shipped.map((options) => esbuild.build(options))));
  if (flags.has('--tests')) await esbuild.build(testBundle());
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
