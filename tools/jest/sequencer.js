import Sequencer from '@jest/test-sequencer';
import { FIRST } from './first.ts';

/** Then the longest first, as they were measured here before, or by their size where nothing was. */
export default class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = FIRST.findIndex((file) => path.endsWith(`/${file}`));
      return index < 0 ? FIRST.length : index;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
