import { describe, expect, it } from '@jest/globals';
import type { DeploymentRecord, Receipt } from '@fairlead/contracts';
import { fakeSession } from '../testing/fake-session.ts';
import type { FakeWorkflow } from '../testing/fake-session.ts';
import { aRecord } from '../testing/fixtures.ts';
import { liveLooks, lookAt, readRecord } from './record.ts';

const DELIVERED = aReceipt('d-1/1/mail', 'delivered');
const PENDING = aReceipt('d-1/2/mail', 'pending');
const ENDED = aRecord({ outcome: 'succeeded', deliveries: [DELIVERED, PENDING] });

function aReceipt(key: string, state: Receipt['state']): Receipt {
  return { destination: 'mail', key, state, attempts: 1, at: '2026-11-25T04:40:00Z' };
}

function read(record: DeploymentRecord, others: Readonly<Record<string, FakeWorkflow>> = {}) {
  const session = fakeSession({
    'deployment/d-1': {
      status: record.outcome === undefined ? 'TERMINATED' : 'COMPLETED',
      queries: { record },
    },
    ...others,
  });
  return readRecord(session, 'd-1', { thorough: true, vendors: 'now' });
}

describe('the receipts of a run that has ended', () => {
  const accepted = aReceipt(PENDING.key, 'accepted');
  const lost = aReceipt('d-1/lost/mail', 'dead');

  it.each<[string, Record<string, FakeWorkflow>, Receipt[]]>([
    ['are its own when nothing was handed over', {}, [DELIVERED, PENDING]],
    [
      'are those of the redelivery that goes on',
      { 'redelivery/d-1': { queries: { receipts: [accepted] } } },
      [DELIVERED, accepted],
    ],
    [
      'stay pending as long as the redelivery has none',
      { 'redelivery/d-1': { queries: { receipts: [] } } },
      [DELIVERED, PENDING],
    ],
    [
      'are the result of the redelivery that is over, which needs no worker',
      { 'redelivery/d-1': { status: 'COMPLETED', result: [accepted] } },
      [DELIVERED, accepted],
    ],
    [
      'are those of a workflow that sends one alone, so that it is never repeated',
      { 'redelivery/d-1/2/mail': { status: 'COMPLETED', result: [accepted] } },
      [DELIVERED, accepted],
    ],
    [
      'are those of the digest that told of them, and of nobody else’s',
      {
        'digest/mail': {
          ...{ status: 'COMPLETED', result: { told: 2 } },
          queries: { receipts: [aReceipt('d-2/1/mail', 'dead'), accepted] },
        },
      },
      [DELIVERED, accepted],
    ],
    [
      'are those of the run of the digest that told of them, though another came after it',
      {
        'digest/mail': { queries: { receipts: [aReceipt('d-2/1/mail', 'accepted')] } },
        'digest/mail@1': {
          ...{ status: 'COMPLETED', result: { told: 1 } },
          queries: { receipts: [accepted] },
        },
      },
      [DELIVERED, accepted],
    ],
    [
      'are known in part when nobody answers for the rest',
      { 'redelivery/d-1': { status: 'RUNNING' } },
      [DELIVERED, PENDING],
    ],
  ])('%s', async (_case, others, expected) => {
    const { deliveries } = await read(ENDED, others);

    expect(deliveries).toEqual(expected);
  });

  it('are those of the oldest run of the digest that was open then, after a storm as before', async () => {
    let asked = 0;
    const later = Array.from({ length: 60 }, (_, index) => {
      const startedAt = `2026-11-25T05:${String(59 - index).padStart(2, '0')}:00Z`;
      const receipts = () => {
        asked += 1;
        return [aReceipt(`d-${index}/1/mail`, 'accepted')];
      };
      return [`digest/mail@${index}`, { startedAt, queries: { receipts } }] as const;
    });
    const oldest = { startedAt: '2026-11-25T04:39:00Z', queries: { receipts: [accepted] } };

    const { deliveries } = await read(ENDED, {
      ...Object.fromEntries(later),
      'digest/mail@oldest': oldest,
    });

    expect(deliveries).toEqual([DELIVERED, accepted]);
    expect(asked).toBe(0);
  });

  it('have the word of its target when it was ended from outside', async () => {
    const { outcome, deliveries } = await read(aRecord({ deliveries: [DELIVERED] }), {
      'redelivery/d-1/lost': { status: 'COMPLETED', result: [lost] },
    });

    expect(outcome).toBe('failed');
    expect(deliveries).toEqual([DELIVERED, lost]);
  });
});

describe('what is tried again', () => {
  const pending = [{ attempt: 3, lastFailure: { message: 'away' } }];

  function look(record: DeploymentRecord, options: { readonly thorough: boolean }) {
    const running = { status: 'RUNNING', queries: { record }, pending } as const;
    return lookAt(fakeSession({ 'deployment/d-1': running }), 'd-1', options);
  }

  it('comes with a thorough look at a run that is on', async () => {
    const { troubles } = await look(aRecord(), { thorough: true });

    expect(troubles).toMatchObject([{ attempt: 3, message: 'away' }]);
  });

  it('is left open by a look that is not, and is nothing after the end', async () => {
    expect((await look(aRecord(), { thorough: false })).troubles).toBeUndefined();
    expect((await look(ENDED, { thorough: true })).troubles).toEqual([]);
  });
});

describe('what a vendor says later', () => {
  const confirmedBy = 'confirmation/d-1/2/mail';
  const accepted = { ...aReceipt('d-1/2/mail', 'accepted'), confirmedBy };
  const record = aRecord({
    deploymentId: 'd-1',
    outcome: 'succeeded',
    deliveries: [DELIVERED, accepted],
  });
  const dead = aReceipt('d-1/2/mail', 'dead');
  const instead = { ...aReceipt('d-1/2/spare', 'pending'), destination: 'spare' };
  const told = { ...aReceipt('d-1/2/spare', 'delivered'), destination: 'spare' };

  it.each<[string, Record<string, FakeWorkflow>, Receipt[]]>([
    ['leaves the receipt as it is before it is said', {}, [DELIVERED, accepted]],
    [
      'takes its place',
      { [confirmedBy]: { status: 'COMPLETED', result: [aReceipt('d-1/2/mail', 'delivered')] } },
      [DELIVERED, aReceipt('d-1/2/mail', 'delivered')],
    ],
    [
      'brings who was told in its place, and of no other deployment',
      {
        [confirmedBy]: {
          status: 'COMPLETED',
          result: [dead, instead, aReceipt('d-2/2/mail', 'dead')],
        },
        'digest/spare': { status: 'COMPLETED', result: { told: 1 }, queries: { receipts: [told] } },
      },
      [DELIVERED, dead, told],
    ],
    [
      'is known of who was told in its place too, where that one says it later itself',
      {
        [confirmedBy]: { status: 'COMPLETED', result: [dead, instead] },
        'digest/spare': {
          ...{ status: 'COMPLETED', result: { told: 1 } },
          queries: {
            receipts: [{ ...told, state: 'accepted', confirmedBy: 'confirmation/spare' }],
          },
        },
        'confirmation/spare': { status: 'COMPLETED', result: [told] },
      },
      [DELIVERED, dead, told],
    ],
    [
      'is asked for once where it is that nobody says it',
      { [confirmedBy]: { status: 'COMPLETED', result: [{ ...accepted, detail: 'nobody' }] } },
      [DELIVERED, { ...accepted, detail: 'nobody' }],
    ],
  ])('%s', async (_what, others, deliveries) => {
    expect((await read(record, others)).deliveries).toEqual(deliveries);
  });

  it('ends with the third in turn, however they name each other', async () => {
    const stateAt = (turn: number): FakeWorkflow => ({
      status: 'COMPLETED',
      result: [{ ...accepted, detail: `turn ${turn}`, confirmedBy: `confirmation/${turn + 1}` }],
    });
    const turns = [1, 2, 3, 4].map((turn) => [`confirmation/${turn}`, stateAt(turn)] as const);

    const { deliveries } = await read(record, {
      [confirmedBy]: stateAt(0),
      ...Object.fromEntries(turns),
    });

    expect(deliveries[1]?.detail).toBe('turn 2');
  });

  it('is asked for at the end by those who follow a run, and at no look before it', async () => {
    let asked = 0;
    const result = () => {
      asked += 1;
      return [];
    };
    const seen = [aRecord({ deliveries: [accepted] }), aRecord({ deliveries: [accepted] }), record];
    const look = liveLooks(
      fakeSession({
        'deployment/d-1': { queries: { record: () => seen.shift() } },
        [confirmedBy]: { status: 'COMPLETED', result },
      }),
      'd-1',
    );

    const askedAfter: number[] = [];
    for (const thorough of [false, true, false]) {
      await look(thorough);
      askedAfter.push(asked);
    }

    expect(askedAfter).toEqual([0, 0, 1]);
  });
});
