// Builds dist (the extension, its pages, the command line) and, with --tests, out/test.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

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
  mainFields: ['module', 'main'],
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode', 'mocha'] };

const bundles = {
  host: { ...node, entryPoints: { extension: 'src/host/extension.ts' }, outdir: 'dist' },
  cli: { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
  webview: {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome122',
    entryPoints: { lab: 'webview/lab.ts', side: 'webview/side.ts' },
    outdir: 'dist',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
};

/** Every test file becomes one bundle under out/test, so mocha and the extension host load plain JavaScript. */
function testBundle() {
  const rooms = ['unit', 'host', 'ui'];
  const entryPoints = rooms.flatMap((room) =>
    fs
      .readdirSync(path.join('test', room))
      .filter((name) => name.endsWith('.test.ts') || name === 'index.ts')
      .map((name) => ({ in: path.join('test', room, name), out: path.join(room, name.slice(0, -3)) })),
  );
  return { ...node, entryPoints, outdir: 'out/test', packages: 'external', sourcemap: 'inline' };
}

/** Writes the JSON schema VS Code uses for completion and squiggles, from the one definition in src/core. */
function writeSchema() {
  const built = esbuild.buildSync({ ...node, entryPoints: ['src/core/jsonSchema.ts'], write: false });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', built.outputFiles[0].text)(module, module.exports, require);
  fs.writeFileSync('media/experiment.schema.json', JSON.stringify(module.exports.jsonSchema(), null, 2) + '\n');
}

async function main() {
  writeSchema();
  fs.mkdirSync('dist', { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf'])
    fs.copyFileSync(path.join('node_modules/@vscode/codicons/dist', file), path.join('dist', file));
  const wanted = Object.values(bundles).concat(flags.has('--tests') ? [testBundle()] : []);
  if (!watch) return void (await Promise.all(wanted.map((options) => esbuild.build(options))));
  for (const options of wanted) await (await esbuild.context(options)).watch();
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
