// Suites are told apart by file name, so that a test says in its name what it needs.
function suite(displayName, testMatch, testPathIgnorePatterns = []) {
  return {
    displayName,
    testMatch,
    testPathIgnorePatterns: ['/node_modules/', ...testPathIgnorePatterns],
    // What is built has a package of the same name.
    modulePathIgnorePatterns: ['/dist/'],
    // By Node itself, as the sources run: a file shares its modules with those before it, which saves a third of the work.
    runner: ['jest-light-runner', { runtime: 'child_process' }],
    setupFiles: ['<rootDir>/tools/jest/globals-of-runner.js'],
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
