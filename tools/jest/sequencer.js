import Sequencer from '@jest/test-sequencer';

/** What asserts on seconds, beside the three that take longest and mostly wait: later, others compute all the time. */
const FIRST = [
  'apps/worker/e2e/control-plane',
  'apps/cli/e2e/run',
  'libs/workflows/src/digest/digest',
  'libs/workflows/src/digest/fallback',
];

/** Then the longest first, as they were measured here before, or by their size where nothing was. */
export default class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = FIRST.findIndex((name) => path.includes(`${name}.`));
      return index < 0 ? FIRST.length : index;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
