// Suites are told apart by file name, so that a test says in its name what it needs.
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
  ],
};

function suite(displayName, testMatch, testPathIgnorePatterns = []) {
  return {
    displayName,
    testMatch,
    testPathIgnorePatterns: ['/node_modules/', ...testPathIgnorePatterns],
    // What is built has a package of the same name.
    modulePathIgnorePatterns: ['/dist/'],
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform,
    setupFilesAfterEnv: ['<rootDir>/tools/jest/long-timeout.js'],
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
