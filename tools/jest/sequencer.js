import Sequencer from '@jest/test-sequencer';

/** What asserts on seconds, and beside it the files that mostly wait: what computes would keep it from its processor. */
const FIRST = [
  'apps/worker/e2e/control-plane',
  'apps/cli/e2e/run',
  'libs/workflows/src/digest/digest',
  'libs/workflows/src/digest/fallback',
  'apps/cli/e2e/no-worker',
  'libs/workflows/src/outbox/outbox',
  'libs/notifications/src/delivery/outage',
  'apps/cli/e2e/last-word',
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
