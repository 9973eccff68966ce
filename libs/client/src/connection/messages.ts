import type {
  abortUpdate,
  forgetUpdate,
  ledgerQuery,
  approveIssueUpdate,
  dismissIssueUpdate,
  receiptsQuery,
  reportIssueUpdate,
  recordQuery,
  requestDeploymentUpdate,
  requestRollbackUpdate,
  tellUpdate,
  withdrawUpdate,
} from '@fairlead/contracts/messages';

/**
 * The contract's messages by type only: the module that defines them brings the workflow library with it, which costs
 * more time than all else that a command does. A test compares the names.
 */
export const MESSAGES = {
  requestDeployment: {
    type: 'update',
    name: 'requestDeployment',
  } as typeof requestDeploymentUpdate,
  requestRollback: { type: 'update', name: 'requestRollback' } as typeof requestRollbackUpdate,
  reportIssue: { type: 'update', name: 'reportIssue' } as typeof reportIssueUpdate,
  approveIssue: { type: 'update', name: 'approveIssue' } as typeof approveIssueUpdate,
  dismissIssue: { type: 'update', name: 'dismissIssue' } as typeof dismissIssueUpdate,
  tell: { type: 'update', name: 'tell' } as typeof tellUpdate,
  withdraw: { type: 'update', name: 'withdraw' } as typeof withdrawUpdate,
  forget: { type: 'update', name: 'forget' } as typeof forgetUpdate,
  promote: { type: 'update', name: 'promote' } as typeof abortUpdate,
  abort: { type: 'update', name: 'abort' } as typeof abortUpdate,
  pause: { type: 'update', name: 'pause' } as typeof abortUpdate,
  resume: { type: 'update', name: 'resume' } as typeof abortUpdate,
  record: { type: 'query', name: 'record' } as typeof recordQuery,
  receipts: { type: 'query', name: 'receipts' } as typeof receiptsQuery,
  ledger: { type: 'query', name: 'ledger' } as typeof ledgerQuery,
};
