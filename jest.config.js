/**
 * In Node itself, as the sources run: nothing is transformed, and a file shares its modules with those before it, which
 * saves more than half of the work. Nothing ends a test that waits in vain, and modules cannot be mocked.
 */
const BARE = {
  runner: ['jest-light-runner', { runtime: 'worker_threads' }],
  setupFiles: ['<rootDir>/tools/jest/globals-of-runner.js'],
};

/** Each file in a sandbox of its own, where a test that waits in vain is ended. */
const SANDBOX = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  setupFilesAfterEnv: ['<rootDir>/tools/jest/long-timeout.js'],
};

// Suites are told apart by file name, so that a test says in its name what it needs.
function suite(displayName, testMatch, how, testPathIgnorePatterns = []) {
  return {
    displayName,
    testMatch,
    testPathIgnorePatterns: ['/node_modules/', ...testPathIgnorePatterns],
    // What is built has a package of the same name.
    modulePathIgnorePatterns: ['/dist/'],
    ...how,
  };
}

export default {
  projects: [
    suite('unit', ['**/*.test.ts'], BARE, ['\\.(replay|integration|e2e)\\.test\\.ts$']),
    suite('replay', ['**/*.replay.test.ts'], SANDBOX),
    suite('integration', ['**/*.integration.test.ts'], SANDBOX),
    suite('e2e', ['**/*.e2e.test.ts'], SANDBOX),
  ],
};
