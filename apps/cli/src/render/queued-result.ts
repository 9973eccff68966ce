import { EXIT } from '@fairlead/client/internal/errors/exit';
import { placeIn, placeWords } from '@fairlead/client/internal/words/place';
import { targetWords } from '@fairlead/client/internal/words/target-words';
import type { LedgerView } from '@fairlead/contracts';
import type { Result } from '../result.ts';

/** What `status` and `explain` say of a deployment that has not begun. */
export function queuedResult(ledger: LedgerView, deploymentId: string): Result {
  const { environment, application, halt } = ledger;
  const place = placeIn(ledger, deploymentId);
  return {
    exitCode: EXIT.done,
    text: [
      `queued  ${targetWords(ledger)}  ${deploymentId}`,
      `  ${placeWords(ledger, deploymentId) ?? 'It is about to start.'}`,
      `  follow it:  fairlead status ${deploymentId} --watch`,
      `  stop it:    fairlead abort ${deploymentId}`,
    ].join('\n'),
    json: { deploymentId, environment, application, phase: 'queued', place, halt },
  };
}
