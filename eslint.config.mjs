import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What each room may import of ours; all else under src and webview is closed to it. */
const doors = {
  'src/core': [],
  'src/protocol': ['core'],
  'src/trainer': ['core', 'protocol'],
  'src/cli': ['core', 'protocol', 'trainer'],
  'src/host': ['core', 'protocol'],
  webview: ['core', 'protocol'],
};
const rooms = ['core', 'protocol', 'trainer', 'cli', 'host', 'webview', 'test'];

/** Packages that only one room may import. */
const owned = [
  { name: 'vscode', room: 'src/host' },
  { name: 'chart.js', room: 'webview' },
  { name: '@tensorflow/*', room: 'src/trainer' },
];

const restrict = (room) => {
  const open = doors[room];
  const closed = rooms.filter((name) => !open.includes(name) && room !== name && room !== `src/${name}`);
  const ours = {
    regex: `^(\\.\\./)+(src/)?(${closed.join('|')})(/|$)`,
    message: `${room} may import of ours only: ${open.join(', ') || 'nothing'}.`,
  };
  const theirs = owned
    .filter((row) => row.room !== room)
    .map((row) => ({ group: [row.name, `${row.name}/*`], message: `Only ${row.room} imports ${row.name}.` }));
  return {
    files: [`${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [ours, ...theirs] }] },
  };
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      'test/artifacts/',
      'test/harness/server/',
      'demo/',
      'src/trainer/kernels/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess makes them honest in loops
      '@typescript-eslint/consistent-type-definitions': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
          message: "Write import * as z from 'zod': the name z brings every language, 360 KB in each bundle.",
        },
      ],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  ...Object.keys(doors).map(restrict),
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'require',
          'module',
          '__dirname',
          'document',
          'window',
          'fetch',
          'performance',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
