import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** What may run in the workflow sandbox: no Node built-ins, no ambient world. */
const sandboxed = ['libs/contracts', 'libs/domain', 'libs/workflows'];
const tests = [
  '**/*.test.ts',
  '**/src/**/testing/*.ts',
  '**/contract-suite/*.ts',
  'apps/*/e2e/*.ts',
  'libs/testing/**/*.ts',
];

/** Who may import whom, by layer (docs/overview.md has the picture). */
const layers = [
  ['contract', []],
  ['domain', ['contract']],
  ['workflow', ['contract', 'domain']],
  ['config', ['contract', 'domain']],
  ['vendor', ['contract', 'domain']],
  ['events', ['contract', 'domain']],
  ['activity', ['contract', 'domain', 'vendor', 'adapter']],
  ['adapter', ['contract']],
  ['platform', ['contract']],
  ['client', ['contract', 'domain', 'config', 'platform']],
  ['settings', ['contract', 'config', 'activity']],
  [
    'test',
    [
      'contract',
      'domain',
      'workflow',
      'config',
      'vendor',
      'activity',
      'adapter',
      'platform',
      'test',
    ],
  ],
  [
    'app',
    [
      'contract',
      'domain',
      'config',
      'events',
      'activity',
      'adapter',
      'platform',
      'settings',
      'client',
    ],
  ],
  ['tool', ['contract', 'vendor', 'activity', 'test']],
].map(([layer, may]) => ({
  sourceTag: `layer:${layer}`,
  onlyDependOnLibsWithTags: [...may, layer].map((name) => `layer:${name}`),
}));

/** Of the activities only remediation works on a cluster. */
const scopes = ['sinks', 'channels'].map((scope) => ({
  sourceTag: `scope:${scope}`,
  notDependOnLibsWithTags: ['layer:adapter'],
}));

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '.nx', 'tools/test-cluster'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Re-export by name.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: [...layers, ...scopes], allow: [], enforceBuildableLibDependency: false },
      ],
      // Its twin: tsc's noPropertyAccessFromIndexSignature is off.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `const { a: _a, ...rest }` is how a field is left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: sandboxed.map((library) => `${library}/src/**/*.ts`),
    ignores: tests,
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*'] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'require', '__dirname'],
    },
  },
  {
    files: ['libs/workflows/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Re-export by name.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        {
          selector: "Program > VariableDeclaration[kind='let']",
          message: 'Workflow modules hold no state: several workflows share one sandbox.',
        },
      ],
    },
  },
  {
    files: tests,
    rules: {
      '@nx/enforce-module-boundaries': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
