import { expect, it } from '@jest/globals';
import { NOW_MS, aRecord } from '../testing/fixtures.ts';
import { busyError, haltedError } from './refusal.ts';

const target = { environment: 'staging', application: 'shop' };
const running = {
  deploymentId: 'd-1',
  actor: 'alice\u001b[31m',
  startedAt: '2026-11-25T04:33:12.000Z',
  type: 'canary',
  expectedDurationMs: 1,
} as const;

it('says of a busy target by whom, since when, in which phase, and what to do', () => {
  const error = busyError({ target, running, record: aRecord(), nowMs: NOW_MS });

  expect(error).toMatchObject({
    type: 'busy',
    exitCode: 5,
    message:
      'staging/shop is busy: deployment d-1 by alice since 2026-11-25T04:33:12.000Z (4m 05s), phase canary.\n' +
      'Wait for your turn with `--on-busy queue`, or stop it with `fairlead abort d-1`.',
    details: { running: { ...running, phase: 'canary' } },
  });
});

it('does without the phase when the record does not answer', () => {
  const error = busyError({ target, running, record: undefined, nowMs: NOW_MS });

  expect(error.message).not.toContain('phase');
});

it('says of a halted target what halted it and both ways out', () => {
  const halt = {
    deploymentId: 'd-1',
    kind: 'deploy' as const,
    at: '2026-11-25T04:40:00Z',
    message: 'the rollback could not finish',
    namespace: 'n',
    cluster: 'c',
    left: [],
  };
  const error = haltedError(target, halt);

  expect(error.exitCode).toBe(5);
  expect(error.message).toMatch(
    /rollback could not finish[^]*fairlead rollback --environment staging[^]*--force/,
  );
});
