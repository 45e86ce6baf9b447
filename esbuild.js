// Builds dist (the extension, its pages, the command line) and what is written from the registries; with --tests the
// test bundles in out/test too. --watch keeps all of it up to date, --production makes what is packaged.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const { compileKernels } = require('./src/trainer/kernels/compile.js');
const { writeTextBundle } = require('./src/host/textBundle.js');
const { fontPackage, typeset, writeMathFont } = require('./webview/elements/typesetting.js');

/** @typedef {import('esbuild').BuildOptions} BuildOptions */
/** @typedef {import('esbuild').Plugin} Plugin */

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/** @type {BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  mainFields: ['module', 'main'],
};

/** @type {BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'mocha'],
  alias: {
    // tfjs asks for it only where node has no fetch of its own
    'node-fetch': './src/trainer/engine/nodeFetch.ts',
    // the protocol's SDK asks for it to check forms that a server sends to persons; ours sends none
    ajv: './src/cli/mcp/noForms.ts',
    'ajv-formats': './src/cli/mcp/noForms.ts',
  },
};

/** @type {BuildOptions} */
const inMemory = { ...node, minify: false, sourcemap: false, write: false };

/** What a bundled module exports. @param {string} code @returns {any} */
function evaluate(code) {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports;
}

/**
 * Modules of MathML by its LaTeX, and the function of src/core/reference/equations.ts that lists what each has.
 * @type {Record<string, string>}
 */
const typesetModules = { 'virtual:equations': 'equations', 'virtual:derivation': 'derivationForms' };

/** The registries' equations, typeset when a page is bundled. @type {Plugin} */
const equations = {
  name: 'equations',
  setup(build) {
    build.onResolve({ filter: /^virtual:/ }, ({ path: id }) => ({ path: id, namespace: 'virtual' }));
    build.onLoad({ filter: /.*/, namespace: 'virtual' }, async ({ path: id }) => {
      const options = { ...inMemory, entryPoints: ['src/core/reference/equations.ts'] };
      const { outputFiles, metafile } = await esbuild.build(options);
      /** @type {string[]} */
      const list = evaluate(outputFiles?.[0]?.text ?? '')[typesetModules[id] ?? '']();
      return {
        contents: JSON.stringify(Object.fromEntries(list.map((latex) => [latex, typeset(latex)]))),
        loader: 'json',
        watchFiles: Object.keys(metafile?.inputs ?? {}).map((file) => path.resolve(file)),
      };
    });
  },
};

/** A file that is written from what a module of ours exports. @param {string} entry @param {(made: any) => unknown} write @returns {BuildOptions} */
const writtenFrom = (entry, write) => ({
  ...inMemory,
  entryPoints: [entry],
  plugins: [
    {
      name: 'write',
      setup: (build) =>
        build.onEnd(async ({ errors, outputFiles }) => {
          if (!errors.length) await write(evaluate(outputFiles?.[0]?.text ?? ''));
        }),
    },
  ],
});

/** The documents with lists that are made from the code. */
const documents = () =>
  ['README.md', 'CONTRIBUTING.md', ...filesIn('media/guide')].filter(
    (file) => file.endsWith('.md') && fs.existsSync(file),
  );

/** Brings a document's lists, each between two comments, up to what they are made from. @param {string} file @param {any} made */
async function writeTables(file, { fillPage }) {
  const text = fs.readFileSync(file, 'utf8');
  const [manifest, texts] = ['package.json', 'package.nls.json'].map((name) =>
    JSON.parse(fs.readFileSync(name, 'utf8')),
  );
  const filled = fillPage(text, manifest, texts);
  // Formatting costs more than the build's other small steps, so only where a row changed.
  if (cells(filled) === cells(text)) return;
  const { format, resolveConfig } = await import('prettier');
  fs.writeFileSync(file, await format(filled, { ...(await resolveConfig(file)), parser: 'markdown' }));
}

/** A text without what only lays its tables out. @param {string} text */
const cells = (text) => text.replace(/[\s-]+/g, ' ');

/** Every file under a folder. @param {string} folder */
const filesIn = (folder) =>
  fs.existsSync(folder)
    ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
    : [];

/** Compiles the kernels as the load of an empty module, so that they are watched like all else. @type {BuildOptions} */
const kernelBuild = {
  ...inMemory,
  entryPoints: ['virtual:kernels'],
  plugins: [
    {
      name: 'kernels',
      setup(build) {
        const folder = 'src/trainer/kernels';
        build.onResolve({ filter: /^virtual:/ }, ({ path: id }) => ({ path: id, namespace: 'virtual' }));
        build.onLoad({ filter: /.*/, namespace: 'virtual' }, async () => {
          const sources = filesIn(folder);
          await compileKernels(sources);
          const watchFiles = sources.map((file) => path.resolve(file));
          return { contents: '', watchFiles, watchDirs: [path.resolve(folder)] };
        });
      },
    },
  ],
};

/** How a page is bundled. @type {BuildOptions} */
const browser = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  format: 'iife',
  target: 'chrome122',
  external: ['*.woff2'],
  plugins: [equations],
  outdir: 'dist',
};

/** What dist is made of. @type {Record<'host' | 'trainer' | 'cli' | 'webview' | 'report', BuildOptions>} */
const bundles = {
  host: { ...node, entryPoints: { extension: 'src/host/extension.ts' }, outdir: 'dist' },
  trainer: { ...node, entryPoints: { trainer: 'src/cli/worker.ts' }, outdir: 'dist' },
  cli: { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
  webview: {
    ...browser,
    entryPoints: { lab: 'webview/lab.ts', side: 'webview/side.ts', page: 'webview/styles/page.css' },
  },
  // a report is one file that is sent to others: small, whatever is built
  report: {
    ...browser,
    minify: true,
    sourcemap: false,
    entryPoints: { report: 'webview/report.ts', 'report-style': 'webview/report/report.css' },
  },
};

/** What is made beside the bundles: the kernels, the font of the equations, the schemas of documents and of the terminal's results, the tools that package.json declares, the tables. */
const written = () => [
  kernelBuild,
  writtenFrom('src/core/reference/equations.ts', ({ equations, derivationForms }) =>
    writeMathFont([...equations(), ...derivationForms()], 'dist/math.woff2'),
  ),
  writtenFrom('src/core/experiment/jsonSchema.ts', ({ jsonSchema }) =>
    fs.writeFileSync('media/experiment.schema.json', JSON.stringify(jsonSchema(), null, 2) + '\n'),
  ),
  writtenFrom('src/protocol/tools/manifest.ts', ({ languageModelTools }) => {
    const text = fs.readFileSync('package.json', 'utf8');
    const manifest = JSON.parse(text);
    manifest.contributes.languageModelTools = languageModelTools();
    const next = JSON.stringify(manifest, null, 2) + '\n';
    if (next !== text) fs.writeFileSync('package.json', next);
  }),
  writtenFrom('src/protocol/outputs/index.ts', ({ outputs, outputSchema }) => {
    fs.mkdirSync('media/schemas', { recursive: true });
    for (const name of Object.keys(outputs))
      fs.writeFileSync(`media/schemas/${name}.schema.json`, JSON.stringify(outputSchema(name), null, 2) + '\n');
  }),
  {
    ...writtenFrom('src/cli/guide.ts', async (made) => {
      for (const file of documents()) await writeTables(file, made);
    }),
    packages: /** @type {const} */ ('external'),
  },
];

/** Every test file becomes a bundle of its own, so that mocha and VS Code load plain JavaScript. */
const allTests = [
  ...['unit', 'pages', 'host', 'workbench'].map((room) => `test/${room}/**/*.test.ts`),
  ...['test/host/index.ts', 'test/bench/bench.ts', 'test/torture/torture.ts', 'test/torture/children/*.ts'],
];

/** The bundles of test files. @param {string[]} [files] else all @returns {BuildOptions} */
const testBundles = (files = allTests) => ({
  ...node,
  entryPoints: files,
  outbase: 'test',
  outdir: 'out/test',
  packages: 'external',
  minify: false,
  sourcemap: 'inline',
  loader: { '.csv': 'text' },
});

/** Copies what dist needs of packages, and the other end of the line to a model in Python. */
function copyAssets() {
  fs.mkdirSync('dist', { recursive: true });
  const [icons, wasm] = ['@vscode/codicons/dist', '@tensorflow/tfjs-backend-wasm/dist'];
  for (const file of [
    `${icons}/codicon.css`,
    `${icons}/codicon.ttf`,
    `${wasm}/tfjs-backend-wasm-simd.wasm`,
    `${wasm}/tfjs-backend-wasm.wasm`,
  ])
    // prettier-ignore
    fs.copyFileSync(path.join('node_modules', file), path.join('dist', path.basename(file)));
  fs.copyFileSync('src/trainer/ownModel/ownModel.py', 'dist/ownModel.py');
}

/** Writes the licence of every package that the bundles hold, as their terms ask. @param {import('esbuild').BuildResult[]} results */
function writeLicenses(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const packages = new Set(inputs.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts = [...packages, 'node_modules/@vscode/codicons', fontPackage].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  fs.writeFileSync('dist/licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}

/**
 * Builds some of dist, and test files.
 * @param {{ dist?: (keyof typeof bundles)[], tests?: string[] }} parts
 */
async function buildSome({ dist = [], tests = [] }) {
  copyAssets();
  const made = dist.length ? written() : [];
  await Promise.all([...made, ...dist.map((name) => bundles[name]), testBundles(tests)].map((options) => esbuild.build(options))); // prettier-ignore
}

/** How many watched builds run now. */
let running = 0;

/** A build that says when building begins and ends: the tasks of VS Code read these lines. @param {BuildOptions} options @returns {BuildOptions} */
const announced = (options) => ({
  ...options,
  plugins: [
    ...(options.plugins ?? []),
    {
      name: 'announced',
      setup(build) {
        build.onStart(() => {
          if (!running) console.log('watch: building');
          running++;
        });
        build.onEnd(() => {
          running--;
          if (!running) console.log('watch: built');
        });
      },
    },
  ],
});

async function main() {
  copyAssets();
  writeTextBundle();
  const parts = [...written(), ...Object.values(bundles)];
  if (flags.has('--watch')) {
    const contexts = [...parts, testBundles()].map((options) => esbuild.context(announced(options)));
    await Promise.all((await Promise.all(contexts)).map((context) => context.watch()));
    return;
  }
  writeLicenses(await Promise.all(parts.map((options) => esbuild.build(options))));
  if (flags.has('--tests')) await esbuild.build(testBundles());
}

module.exports = { bundles, buildSome };

if (process.argv[1] && path.resolve(process.argv[1]) === __filename)
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
