import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What each room may import of ours; all else under src and webview is closed to it. */
const doors = {
  'src/core': [],
  'src/protocol': ['src/core'],
  'src/trainer': ['src/core', 'src/protocol'],
  'src/cli': ['src/core', 'src/protocol', 'src/trainer'],
  'src/host': ['src/core', 'src/protocol'],
  webview: ['src/core', 'src/protocol'],
};

const zones = Object.entries(doors).map(([room, open]) => ({
  target: `./${room}`,
  from: ['./src', './webview', './test'],
  except: [room, ...open].map((path) => `./${path}`),
  message: `${room} may import of ours only: ${open.join(', ') || 'nothing'}.`,
}));

/** Packages that only one room may import. */
const owned = [
  { name: 'vscode', room: 'src/host' },
  { name: 'chart.js', room: 'webview' },
  { name: '@tensorflow/*', room: 'src/trainer' },
];
const restrict = (room) => ({
  files: [`${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: owned
          .filter((row) => row.room !== room)
          .map((row) => ({ group: [row.name, `${row.name}/*`], message: `Only ${row.room} imports ${row.name}.` })),
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test/artifacts/', 'test/harness/server/', 'demo/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: splitZones(zones) }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess makes them honest in loops
      '@typescript-eslint/consistent-type-definitions': 'off',
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

/** A zone's exceptions are relative to one `from`, so each root gets its own row. */
function splitZones(rows) {
  return rows.flatMap(({ target, from, except, message }) =>
    from.map((root) => ({
      target,
      from: root,
      except: except
        .filter((path) => path.startsWith(`${root}/`) || path === root)
        .map((path) => `./${path.slice(root.length + 1)}`),
      message,
    })),
  );
}
