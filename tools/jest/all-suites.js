// Every suite as one project. The runner has threads of its own for each project, and each thread loads all it tests:
// as four projects, what takes longest to load was loaded up to sixteen times.
import { suite } from '../../jest.config.js';

export default {
  ...suite('all', ['**/*.test.ts']),
  rootDir: '../..',
  testSequencer: '<rootDir>/tools/jest/sequencer.js',
};
