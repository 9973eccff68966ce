// In Node itself, as the sources run: nothing is transformed, and a file shares its modules with those before it.
// Modules cannot be mocked.
const RUNNER = {
  runner: ['jest-light-runner', { runtime: 'worker_threads' }],
  setupFiles: ['<rootDir>/tools/jest/globals-of-runner.js'],
};

// Suites are told apart by file name, so that a test says in its name what it needs.
export function suite(displayName, testMatch, testPathIgnorePatterns = []) {
  return {
    displayName,
    testMatch,
    testPathIgnorePatterns: ['/node_modules/', ...testPathIgnorePatterns],
    // What is built has a package of the same name.
    modulePathIgnorePatterns: ['/dist/'],
    ...RUNNER,
  };
}

export default {
  projects: [
    suite('unit', ['**/*.test.ts'], ['\\.(replay|integration|e2e)\\.test\\.ts$']),
    suite('replay', ['**/*.replay.test.ts']),
    suite('integration', ['**/*.integration.test.ts']),
    suite('e2e', ['**/*.e2e.test.ts']),
  ],
};
