// The rules only a type-aware linter sees: promises left floating, raw HTML, unkeyed lists; and the walls between rooms.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const ROOM_WALLS = {
  patterns: [
    { regex: '^\\.\\./', message: 'leave the room by its door: import #room' },
    { regex: '^(@sveltejs|\\$app|svelte)', message: 'rooms do not know the web' },
  ],
};

export default ts.config(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      'node_modules/',
      'docs/',
      'static/',
      'scripts/*.mjs',
      'eslint.config.js',
      'examples/citizen-client/api.ts',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    // no script runs in the pages, so no promise can float there; their types are svelte-check's matter, and without them this takes half the time
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['**/*.svelte'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': 'off',
      // said by Biome already
      '@typescript-eslint/no-explicit-any': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // her pages and the officers' are links to plain addresses; there is no base path to resolve
      'svelte/no-navigation-without-resolve': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: false }],
    },
  },
  {
    files: ['src/server/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', ROOM_WALLS] },
  },
  {
    files: ['src/server/**/*.ts', 'src/routes/**/*.ts', 'src/words/**/*.ts', 'server/**/*.ts', 'seed/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'time comes from the act: a.now, Temporal' }],
    },
  },
);
