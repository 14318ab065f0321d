// Lint of pages: raw HTML, unkeyed lists, what Svelte itself advises. Everything that is not a page is oxlint's (.oxlintrc.json).
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['**/*', '!src/**/', '!src/**/*.svelte'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: ts.parser } },
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
);
