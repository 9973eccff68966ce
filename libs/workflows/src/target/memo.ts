import type { LedgerView } from '@fairlead/contracts';
import { viewOf } from '@fairlead/domain';
import type { Ledger } from '@fairlead/domain';

/** The ledger as lists show it. What a halted deployment left is long, and stands in the query. */
export function memoOf(ledger: Ledger): { ledger: LedgerView } {
  const view = viewOf(ledger);
  return { ledger: view.halt === undefined ? view : { ...view, halt: { ...view.halt, left: [] } } };
}
