import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // The CDK's types are not for exactOptionalPropertyTypes, and take long; a test runs its example.
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
    // They run in Lambda, in Node and in a browser. Who may import whom is held by test/architecture.test.ts.
    files: ['src/{lustre,template,review}/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Buffer', 'Date', 'fetch', 'process', 'setTimeout'],
    },
  },
  {
    // The index of the CDK declares four times as much as what is used of it, and the compiler reads all of it.
    files: ['{src,test}/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'aws-cdk-lib', message: 'Import from aws-cdk-lib/core.' }] },
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
