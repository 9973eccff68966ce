import { expect, it } from '@jest/globals';
import { errorFacts } from './error-facts.ts';

function anError(fields: object, cause?: unknown): Error {
  return Object.assign(new Error('outer', { cause }), fields);
}

it('finds a rejection under the update’s failure, with its first detail', () => {
  const running = { deploymentId: 'd-1' };
  const failure = anError({ message: 'busy', type: 'busy', details: [running] });

  expect(errorFacts(anError({ name: 'WorkflowUpdateFailedError' }, failure))).toEqual({
    kind: 'rejected',
    type: 'busy',
    message: 'busy',
    detail: running,
  });
});

it.each(['request-id-taken', 'a-word-of-a-newer-worker'])('takes %s for a rejection', (type) => {
  const failure = anError({ message: 'no', type });

  expect(errorFacts(anError({ name: 'WorkflowUpdateFailedError' }, failure))).toMatchObject({
    kind: 'rejected',
    type,
  });
});

it('takes a defect in a handler for none', () => {
  const failure = anError({ message: 'x is undefined', type: 'TypeError' });

  expect(errorFacts(anError({ name: 'WorkflowUpdateFailedError' }, failure)).kind).toBe('other');
});

it.each([
  [14, 'x', 'away'],
  [4, 'x', 'timeout'],
  [10, 'workflow update was aborted', 'timeout'],
  [1, 'x', 'cancelled'],
  [5, 'workflow not found', 'not-found'],
  [5, 'Namespace shop is not found.', 'namespace'],
  [7, 'x', 'credentials'],
  [16, 'x', 'credentials'],
  [9, 'no poller seen for task queue recently', 'no-worker'],
  [
    3,
    'Namespace default has no mapping defined for search attribute DeployPhase',
    'search-attributes',
  ],
  [13, 'x', 'other'],
] as const)('reads gRPC status %d (%s) as %s', (code, details, kind) => {
  expect(
    errorFacts(
      anError({ name: 'ServiceError' }, anError({ code, message: `${code} STATUS: ${details}` })),
    ),
  ).toMatchObject({
    kind,
  });
});

it.each([
  ['WorkflowNotFoundError', 'not-found'],
  ['NamespaceNotFoundError', 'namespace'],
  ['WorkflowUpdateRPCTimeoutOrCancelledError', 'timeout'],
  ['TypeError', 'other'],
])('reads %s as %s', (name, kind) => {
  expect(errorFacts(anError({ name }))).toMatchObject({ kind });
});

it('is not held by a circle of causes', () => {
  const error = anError({});
  error.cause = error;

  expect(errorFacts(error)).toEqual({ kind: 'other', message: 'outer' });
});
