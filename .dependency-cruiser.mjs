// The arrows that imports may take, those of types included: npm run lint checks them.

/** What each room may import of ours, beside itself. @type {Record<string, string[]>} */
const rooms = {
  'src/core': [],
  'src/protocol': ['src/core'],
  'src/trainer': ['src/core', 'src/protocol'],
  'src/cli': ['src/core', 'src/protocol', 'src/trainer'],
  'src/host': ['src/core', 'src/protocol'],
  webview: ['src/core', 'src/protocol'],
};

/** The folders of a room in their order: each may import those before it, none behind it. @type {Record<string, string[]>} */
const orders = {
  'src/core': [
    ...[
      'registry',
      'math',
      'formula',
      'text',
      'files',
      'schedules',
      'derivation',
      'datasets',
      'denoisers',
      'dynamics',
      'grids',
    ],
    ...[
      'process',
      'integrators',
      'compare',
      'models',
      'experiment',
      'sampling',
      'evaluation',
      'runs',
      'dynamicsPaths',
      'sweeps',
      'conclusion',
      'report',
      'imports',
      'exports',
    ],
    ...['diagnostics', 'reference'],
  ],
  'src/trainer': [
    'kernels',
    'files',
    'data',
    'engine',
    'network',
    'sampling',
    'training',
    'runs',
    'ownModel',
    'tasks',
    'service',
  ],
  'src/trainer/training': ['optimiser', 'heads', 'batches', 'models'],
  webview: ['styles', 'elements', 'plot', 'state', 'controls', 'tabs', 'report'],
};

/** Packages that only one room may import. @type {Record<string, string>} */
const packages = { vscode: 'src/host', 'chart.js': 'webview', '@tensorflow': 'src/trainer' };

const escaped = (/** @type {string} */ text) => text.replaceAll('.', '\\.');

const arrows = Object.entries(rooms).map(([room, open]) => ({
  name: `${room} imports of ours only: ${open.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: '^(src|webview|test)/', pathNot: `^(${[room, ...open].join('|')})/` },
}));

const steps = Object.entries(orders).flatMap(([room, folders]) => [
  ...folders.slice(0, -1).map((folder, i) => ({
    name: `${room}/${folder} stands before what it imports`,
    severity: 'error',
    from: { path: `^${room}/${folder}/` },
    to: { path: `^${room}/(${folders.slice(i + 1).join('|')})/` },
  })),
  {
    name: `${room} has a folder without a place in its order`,
    severity: 'error',
    from: { path: `^${room}/[^/]+/`, pathNot: `^${room}/(${folders.join('|')})/` },
    to: {},
  },
]);

const owned = Object.entries(packages).map(([name, room]) => ({
  name: `only ${room} imports ${name}`,
  severity: 'error',
  from: { path: '^(src|webview)/', pathNot: `^${room}/` },
  to: { path: `(^|node_modules/(@types/)?)${escaped(name)}($|/)` },
}));

export default {
  forbidden: [
    { name: 'no circle between files', severity: 'error', from: {}, to: { circular: true } },
    ...arrows,
    ...steps,
    {
      name: 'tabs do not import each other',
      severity: 'error',
      from: { path: '^webview/tabs/([^/]+)/' },
      to: { path: '^webview/tabs/[^/]+/', pathNot: '^webview/tabs/$1/' },
    },
    ...owned,
  ],
  options: {
    tsPreCompilationDeps: true, // arrows of types too
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^virtual:' },
  },
};
