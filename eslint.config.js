import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const NODE_GLOBALS = readonly(Object.getOwnPropertyNames(globalThis));
export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', 'artifacts/', 'docs/api/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A Nest module is a class whose only content is its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Knows emitDecoratorMetadata: injected classes keep their value import.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Nest declares its option bags as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Their dependencies are installed only where `test:consumers` copies them to.
    files: ['test/consumers/*/src/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: readonly(['it', 'expect']) },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    // Scripts of pages name the browser's globals themselves.
    ignores: ['apps/*/public/**'],
    languageOptions: { globals: NODE_GLOBALS },
  },
);
