import type { Receipt } from '@fairlead/contracts';
import { plain } from '@fairlead/client/internal/words/plain';

/** Where to look for what becomes of a test message that was accepted: no deployment has its receipts. */
export function laterLines(receipts: readonly Receipt[]): readonly string[] {
  return receipts.flatMap(({ state, destination, confirmedBy }) =>
    state !== 'accepted' || confirmedBy === undefined
      ? []
      : `later  ${plain(destination)}: what becomes of it is, within 75 min, the result of the workflow ${plain(confirmedBy)} in Temporal`,
  );
}
