import { expect, it } from '@jest/globals';
import type { AdmissionAnswer, DeploymentRecord } from '@fairlead/contracts';
import { earlierRun } from './earlier-run.ts';
import { fakeSession } from '../testing/fake-session.ts';
import type { FakeWorkflow } from '../testing/fake-session.ts';
import { aRecord } from '../testing/fixtures.ts';

const request = {
  requestId: 'd-1',
  target: { environment: 'staging', application: 'shop' },
} as const;

function look(
  deployment: FakeWorkflow | undefined,
  answered: Partial<Extract<AdmissionAnswer, { status: 'ended' }>> = {},
) {
  return earlierRun(fakeSession(deployment === undefined ? {} : { 'deployment/d-1': deployment }), {
    request,
    answer: { status: 'ended', deploymentId: 'd-1', ...answered },
  });
}

function withRecord(changes: Partial<DeploymentRecord>): FakeWorkflow {
  return { queries: { record: aRecord({ deploymentId: 'd-1', ...changes }) } };
}

it('answers with the record of the run that the request already had', async () => {
  const result = await look(withRecord({ outcome: 'rolled-back' }));

  expect(result).toMatchObject({
    end: 'record',
    record: { deploymentId: 'd-1', outcome: 'rolled-back' },
  });
});

it('goes on with a run that has not ended', async () => {
  expect(await look(withRecord({}))).toEqual({ end: 'running' });
});

it('takes the ledger’s word when Temporal has no record any more', async () => {
  expect(await look(undefined, { outcome: 'failed' })).toEqual({
    end: 'outcome',
    outcome: 'failed',
  });
});

it.each([{ environment: 'production' }, { application: 'store' }])(
  'refuses an ID that another target’s run has: %j',
  async (other) => {
    const { environment, application } = { ...request.target, ...other };

    await expect(look(withRecord({ ...other, outcome: 'succeeded' }))).rejects.toMatchObject({
      type: 'request-id-taken',
      exitCode: 5,
      message: expect.stringContaining(`it was used for ${environment}/${application} by alice`),
      details: { usedFor: { environment, application } },
    });
  },
);

it('refuses an ID whose end nobody knows: it is no success', async () => {
  await expect(look(undefined)).rejects.toMatchObject({ type: 'request-id-taken', exitCode: 5 });
});

it('says who is out of reach when only they know the end', async () => {
  await expect(look({ status: 'RUNNING' })).rejects.toMatchObject({ exitCode: 6 });
});
