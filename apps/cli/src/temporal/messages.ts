import type {
  abortUpdate,
  forgetUpdate,
  ledgerQuery,
  recordQuery,
  requestDeploymentUpdate,
  requestRollbackUpdate,
  withdrawUpdate,
} from '@fairlead/contracts/messages';

/**
 * The contract's messages by type only: the module that defines them brings the workflow library with it, which costs
 * more time than all else that a command does. A test compares the names.
 */
export const MESSAGES = {
  requestDeployment: update<typeof requestDeploymentUpdate>('requestDeployment'),
  requestRollback: update<typeof requestRollbackUpdate>('requestRollback'),
  withdraw: update<typeof withdrawUpdate>('withdraw'),
  forget: update<typeof forgetUpdate>('forget'),
  promote: update<typeof abortUpdate>('promote'),
  abort: update<typeof abortUpdate>('abort'),
  pause: update<typeof abortUpdate>('pause'),
  resume: update<typeof abortUpdate>('resume'),
  record: { type: 'query', name: 'record' } as typeof recordQuery,
  ledger: { type: 'query', name: 'ledger' } as typeof ledgerQuery,
};

function update<Definition extends { readonly type: 'update'; readonly name: string }>(
  name: string,
): Definition {
  return { type: 'update', name } as Definition;
}
