import type { Trouble } from '@fairlead/client/internal/connection/trouble';
import { cut, plain } from '@fairlead/client/internal/words/plain';

/** A cause fits; a page that a proxy answered with does not. */
const MAX_LENGTH = 300;

/** `clusterSnapshot is tried again (attempt 7): cluster-unreachable: …` */
export function troubleWords({ activity, attempt, message }: Trouble): string {
  return `${plain(activity)} is tried again (attempt ${attempt}): ${cut(plain(message), MAX_LENGTH)}`;
}
