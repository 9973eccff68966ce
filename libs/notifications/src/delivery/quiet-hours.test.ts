import { describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Delivery, DeliveryResult, Receipt } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { createPagerduty } from '../pagerduty/pagerduty.ts';
import type { RoleRule } from '../routing/role-rule.ts';
import type { SeverityIn } from '../routing/severity.ts';
import { createSettingsActivities } from '../settings-activities.ts';
import { createDeliveryActivities } from './activities.ts';

const NIGHT = { from: '22:00', to: '07:00', timeZone: 'Asia/Seoul' } as const;
const EVENING = '2026-03-01T12:59:00Z';
const MIDNIGHT = '2026-03-01T15:00:00Z';
const MORNING = '2026-03-01T22:00:00.000Z';

type Parts = Parameters<typeof aDelivery>[0];

function sleeper(then: 'hold' | 'drop', channel = 'mail'): RoleRule {
  return {
    ...{ name: 'dev', channels: [channel], events: ['status', 'failure', 'rollback'] },
    quietHours: { ...NIGHT, then },
  };
}

/** A destination that remembers what it took. */
function aMailbox(over: Partial<Destination> = {}) {
  const taken: string[] = [];
  const send: Destination['send'] = ({ key }) => {
    taken.push(key);
    return Promise.resolve({ state: 'accepted' });
  };
  const mail: Destination = { name: 'mail', channel: 'mail', road: 'keyed', kinds: [], send };
  return { ...mail, ...over, taken };
}

interface Night {
  readonly destination: Destination;
  readonly role: RoleRule;
  readonly now?: () => Date;
  readonly severityIn?: SeverityIn;
}

function activitiesAt({ destination, role, now = () => new Date(MIDNIGHT), severityIn }: Night) {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const settings = {
    ...{ destinations: [destination], roles: [role] },
    ...(severityIn === undefined ? {} : { severityIn }),
  };
  const activities = createDeliveryActivities({ settings: () => settings, log: silent, now });
  const environment = new MockActivityEnvironment();
  return {
    deliverOne: (delivery: Delivery) =>
      environment.run<[Delivery], Receipt, (delivery: Delivery) => Promise<Receipt>>(
        (one) => activities.deliverOne({ delivery: one }),
        delivery,
      ),
    deliverBatch: (deliveries: readonly Delivery[]) =>
      environment.run<
        [readonly Delivery[]],
        readonly DeliveryResult[],
        (all: readonly Delivery[]) => Promise<readonly DeliveryResult[]>
      >((all) => activities.deliverBatch({ deliveries: all }), deliveries),
  };
}

function atNight(then: 'hold' | 'drop', over: Partial<Destination> = {}) {
  const mail = aMailbox(over);
  return { mail, ...activitiesAt({ destination: mail, role: sleeper(then) }) };
}

function toMail(parts: Parts = {}): Delivery {
  return aDelivery({ destination: 'mail', ...parts });
}

describe('"The delivery activity judges"', () => {
  it('"`pending` (with `heldUntil` where held)": `hold` keeps a message until the end', async () => {
    const { mail, deliverOne } = atNight('hold');

    const receipt = await deliverOne(toMail());

    expect(receipt).toMatchObject({ state: 'pending', heldUntil: MORNING });
    expect(mail.taken).toEqual([]);
  });

  it('"`drop` leaves the receipt `suppressed`", "with the reason: quiet hours"', async () => {
    const { mail, deliverBatch } = atNight('drop');

    const [result] = await deliverBatch([toMail()]);

    expect(result).toMatchObject({
      receipt: { state: 'suppressed', detail: `quiet hours until ${MORNING}` },
    });
    expect(mail.taken).toEqual([]);
  });

  it('"Critical passes"', async () => {
    const { mail, deliverOne } = atNight('drop');

    await deliverOne(toMail({ event: { kind: 'deployment-failed' } }));

    expect(mail.taken).toHaveLength(1);
  });

  it('"Critical passes": a digest in which anything is critical, whatever leads it', async () => {
    const { mail, deliverOne } = atNight('drop');
    const counts = [
      { environment: 'staging', kind: 'deployment-started', count: 3 },
      { environment: 'production', kind: 'deployment-failed', count: 1 },
    ] as const;

    await deliverOne({ ...toMail(), digest: { count: 4, counts, first: [] } });
    const other = await deliverOne({
      ...toMail(),
      digest: { count: 3, counts: counts.slice(0, 1), first: [] },
    });

    expect(mail.taken).toHaveLength(1);
    expect(other.state).toBe('suppressed');
  });

  it('"(zone data must not enter a workflow)": a run gets its routes, and no hours', async () => {
    const mail = aMailbox({ kinds: ['deployment-started'] });
    const settings = () => ({ destinations: [mail], roles: [sleeper('drop')] });

    const snapshot = await createSettingsActivities({ settings }).settingsSnapshot({
      environment: 'staging',
    });

    expect(snapshot).toEqual({
      routes: [{ destination: 'mail', road: 'keyed', kinds: ['deployment-started'] }],
    });
  });
});

describe('quiet hours that begin between the opening of an incident and its end', () => {
  it.each(['rollback-completed', 'deployment-completed'] as const)(
    '"always passes": the end by %s',
    async (kind) => {
      let now = EVENING;
      const told: string[] = [];
      const destination = createPagerduty(
        { keys: { routingKey: 'K'.repeat(32) } },
        {
          enqueue(_key, event) {
            told.push(event.event_action);
            return Promise.resolve({ status: 202, text: '', data: undefined });
          },
          rest: () => Promise.reject(new Error('not asked')),
        },
      );
      const { deliverOne } = activitiesAt({
        ...{ destination, role: sleeper('drop', 'pagerduty'), now: () => new Date(now) },
        // Not critical: at night its beginning would not have passed.
        severityIn: () => 'warning',
      });
      const send = (parts: Parts) => deliverOne(aDelivery({ destination: 'pagerduty', ...parts }));

      await send({ event: { kind: 'deployment-failed' } });
      now = MIDNIGHT;
      const other = await send({
        event: { kind: 'deployment-failed' },
        facts: { application: 'b' },
      });
      const end = await send({ event: { kind } });

      expect(told).toEqual(['trigger', 'resolve']);
      expect(other.state).toBe('suppressed');
      expect(end.state).toBe('accepted');
    },
  );

  it('open none afterwards, whose end may have passed', async () => {
    const { deliverOne } = atNight('hold', { closes: ['deployment-completed'] });

    expect(await deliverOne(toMail())).toMatchObject({ state: 'suppressed' });
  });
});
