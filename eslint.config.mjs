import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // The CDK is not installed here.
  { ignores: ['build/', 'coverage/', 'examples/cdk/', 'src/models.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // The house: arrows run one way, and what FSx for Lustre is stands on nothing.
    files: ['src/lustre/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['../*', '@*', 'node:*'],
              message: 'src/lustre is pure: it imports nothing outside itself.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'Date', 'process', 'fetch', 'setTimeout'],
    },
  },
  {
    files: ['src/{cli,review,template,typed}/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/actions/**', '**/fsx/**', '**/runtime/**', '**/local/**', '@*'],
              message: 'What the author uses stands on src/lustre alone, and works offline.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['local/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/src/**'],
              message: "The local FSx must not share the provider's mistakes.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
