import { describe, expect, it } from '@jest/globals';
import type { MetricMeter } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { AdapterError } from '@fairlead/contracts';
import type { Delivery, DeliveryResult, Receipt } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import { aDelivery } from '../fixtures.ts';
import { createDeliveryActivities } from './activities.ts';

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function aDestination(name: string, send: Destination['send']): Destination {
  return { name, road: 'keyed', kinds: ['deployment-started'], send };
}

/** A destination that remembers what it took. */
function working(name: string): Destination & { readonly taken: string[] } {
  const taken: string[] = [];
  const send: Destination['send'] = ({ key }) => {
    taken.push(key);
    return Promise.resolve({ state: 'accepted', detail: 'taken' });
  };
  return { ...aDestination(name, send), taken };
}

function failing(name: string, error: Error): Destination & { readonly tries: string[] } {
  const tries: string[] = [];
  const send: Destination['send'] = ({ key }) => {
    tries.push(key);
    return Promise.reject(error);
  };
  return { ...aDestination(name, send), tries };
}

/** Never answers, and does not listen to its signal either. */
function hung(name: string): Destination {
  return aDestination(name, () => new Promise(() => undefined));
}

const nothing = (): void => undefined;
/** The SDK logs every failed try; the tests look at what it threw. */
const quiet = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

/** For a destination that hangs: waited for in earnest. */
const SHORT_MS = 20;
/** No machine is so busy that a fake takes as long. */
const LONG_MS = 60_000;

function setUp(
  destinations: readonly Destination[],
  options: { readonly attemptTimeoutMs?: number; readonly clock?: () => number } = {},
) {
  const lines: LogLine[] = [];
  const write = (level: string) => (message: string, fields: LogLine['fields']) => {
    lines.push({ level, message, fields });
  };
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const activities = createDeliveryActivities({
    settings: () => ({ destinations, roles: [] }),
    log,
    attemptTimeoutMs: LONG_MS,
    ...options,
  });
  const counted: Readonly<Record<string, unknown>>[] = [];
  const add = (_value: number, tags: (typeof counted)[number] = {}) => counted.push(tags);
  // Only what is asked of it.
  const metricMeter = { createCounter: () => ({ add }) } as unknown as MetricMeter;
  const environment = new MockActivityEnvironment({ attempt: 3 }, { logger: quiet, metricMeter });
  return {
    lines,
    counted,
    deliverOne: (delivery: Delivery) =>
      environment.run<[Delivery], Receipt, (delivery: Delivery) => Promise<Receipt>>(
        (one) => activities.deliverOne({ delivery: one }),
        delivery,
      ),
    confirmDelivery: (receipt: Receipt) =>
      environment.run<[Receipt], Receipt | null, (receipt: Receipt) => Promise<Receipt | null>>(
        (one) => activities.confirmDelivery({ receipt: one }),
        receipt,
      ),
    deliverBatch: (deliveries: readonly Delivery[]) =>
      environment.run<
        [readonly Delivery[]],
        readonly DeliveryResult[],
        (all: readonly Delivery[]) => Promise<readonly DeliveryResult[]>
      >((all) => activities.deliverBatch({ deliveries: all }), deliveries),
    cancel: () => {
      environment.cancel();
    },
  };
}

describe('deliverOne', () => {
  it('answers with a receipt that carries key and attempt when it was taken', async () => {
    const { deliverOne } = setUp([working('mail')]);

    const receipt = await deliverOne(aDelivery({ destination: 'mail' }));

    expect(receipt).toMatchObject({
      destination: 'mail',
      key: 'd-1/1/mail',
      state: 'accepted',
      attempts: 3,
      detail: 'taken',
    });
  });

  it('fails retryably with the asked wait when the vendor throttles', async () => {
    const error = new AdapterError('vendor-throttled', 'mail: slow down', { retryAfterMs: 7_000 });
    const { deliverOne } = setUp([failing('mail', error)]);

    const failure: unknown = await deliverOne(aDelivery({ destination: 'mail' })).catch(
      (e: unknown) => e,
    );

    expect(failure).toMatchObject({
      name: 'ApplicationFailure',
      type: 'vendor-throttled',
      nonRetryable: false,
      nextRetryDelay: 7_000,
    });
  });

  it('fails retryably when the destination hangs and ignores its signal', async () => {
    const { deliverOne } = setUp([hung('mail')], { attemptTimeoutMs: SHORT_MS });

    const failing = deliverOne(aDelivery({ destination: 'mail' }));

    await expect(failing).rejects.toMatchObject({
      type: 'vendor-unreachable',
      nonRetryable: false,
      message: 'mail: no answer within 0.02 s',
    });
  });

  it('takes what a destination knows when it is out of time: it may have left', async () => {
    const knowing = aDestination(
      'sms:1',
      (_delivery, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve({ state: 'unknown', detail: 'no answer came' });
          });
        }),
    );
    const { deliverOne } = setUp([knowing], { attemptTimeoutMs: SHORT_MS });

    const receipt = await deliverOne(aDelivery({ destination: 'sms:1' }));

    expect(receipt).toMatchObject({ state: 'unknown', detail: 'no answer came' });
  });

  it('"`dead` (with cause and mend)": a dead letter when the vendor rejects', async () => {
    const error = new AdapterError('vendor-rejected', 'mail: 400 no such mailbox');
    const { deliverOne } = setUp([failing('mail', error)]);

    const receipt = await deliverOne(aDelivery({ destination: 'mail' }));

    expect(receipt.state).toBe('dead');
    expect(receipt.detail).toBe('vendor-rejected: mail: 400 no such mailbox');
  });

  it('gives a dead letter that says so when this worker has no such destination', async () => {
    const { deliverOne } = setUp([working('mail')]);

    const receipt = await deliverOne(aDelivery({ destination: 'pager' }));

    expect(receipt.state).toBe('dead');
    expect(receipt.detail).toMatch(/no destination pager/);
  });

  it('tells nobody the text of an error that no adapter made', async () => {
    const { deliverOne, lines } = setUp([failing('mail', new TypeError('token s3cr3t'))]);

    const receipt = await deliverOne(aDelivery({ destination: 'mail' }));

    expect(receipt.state).toBe('dead');
    expect(JSON.stringify([receipt, lines])).not.toContain('s3cr3t');
    expect(lines[0]?.fields).toMatchObject({ failureType: 'defect' });
  });

  it('ends as cancelled when the activity is cancelled under way', async () => {
    const { deliverOne, cancel } = setUp([hung('mail')]);

    const running = deliverOne(aDelivery({ destination: 'mail' }));
    cancel();

    await expect(running).rejects.toMatchObject({ name: 'CancelledFailure' });
  });
});

describe('deliverBatch', () => {
  it('answers each by itself, in the order asked, when one destination is down', async () => {
    const mail = working('mail');
    const chat = failing('chat', new AdapterError('vendor-unreachable', 'chat: refused'));
    const { deliverBatch } = setUp([mail, chat, hung('pager')], { attemptTimeoutMs: SHORT_MS });

    const results = await deliverBatch([
      aDelivery({ destination: 'pager' }),
      aDelivery({ destination: 'mail' }),
      aDelivery({ destination: 'chat' }),
      aDelivery({ destination: 'gone' }),
    ]);

    expect(results).toMatchObject([
      { key: 'd-1/1/pager', failed: expect.stringMatching(/no answer within/) },
      { key: 'd-1/1/mail', receipt: { state: 'accepted', attempts: 1 } },
      { key: 'd-1/1/chat', failed: 'vendor-unreachable: chat: refused' },
      { key: 'd-1/1/gone', receipt: { state: 'dead' } },
    ]);
  });

  it('keeps the order of a destination by not trying what comes after a failure', async () => {
    const chat = failing('chat', new AdapterError('vendor-unreachable', 'chat: refused'));
    const { deliverBatch } = setUp([chat]);

    const results = await deliverBatch(
      ['d-1/1', 'd-1/2', 'd-1/3'].map((id) => aDelivery({ destination: 'chat', event: { id } })),
    );

    expect(chat.tries).toEqual(['d-1/1/chat']);
    expect(results.map((result) => 'failed' in result)).toEqual([true, true, true]);
  });

  it('goes on behind a dead letter', async () => {
    const rejecting = failing('chat', new AdapterError('vendor-rejected', 'chat: 404'));
    const { deliverBatch } = setUp([rejecting]);

    const results = await deliverBatch(
      ['d-1/1', 'd-1/2'].map((id) => aDelivery({ destination: 'chat', event: { id } })),
    );

    expect(rejecting.tries).toEqual(['d-1/1/chat', 'd-1/2/chat']);
    expect(results).toMatchObject([{ receipt: { state: 'dead' } }, { receipt: { state: 'dead' } }]);
  });

  it('sends in order within a destination', async () => {
    const mail = working('mail');
    const { deliverBatch } = setUp([mail]);

    await deliverBatch(
      ['d-1/2', 'd-1/1', 'd-1/3'].map((id) => aDelivery({ destination: 'mail', event: { id } })),
    );

    expect(mail.taken).toEqual(['d-1/2/mail', 'd-1/1/mail', 'd-1/3/mail']);
  });

  it('tries the first of every destination however late it is, and then no more', async () => {
    const [mail, chat] = [working('mail'), working('chat')];
    let nowMs = 0;
    const { deliverBatch } = setUp([mail, chat], { clock: () => (nowMs += LONG_MS) });

    const results = await deliverBatch([
      aDelivery({ destination: 'mail', event: { id: 'd-1/1' } }),
      aDelivery({ destination: 'chat', event: { id: 'd-1/1' } }),
      aDelivery({ destination: 'chat', event: { id: 'd-1/2' } }),
    ]);

    expect([mail.taken, chat.taken]).toEqual([['d-1/1/mail'], ['d-1/1/chat']]);
    expect(results).toMatchObject([
      { receipt: { state: 'accepted' } },
      { receipt: { state: 'accepted' } },
      { key: 'd-1/2/chat', failed: 'not tried: those before it took too long' },
    ]);
  });
});

describe('confirmDelivery', () => {
  const receipt: Receipt = {
    ...{ destination: 'sms', key: 'd-1/1/sms', state: 'accepted', attempts: 2 },
    ...{ at: '2026-01-02T03:04:05.000Z', detail: 'SM1', confirmedBy: 'confirmation/d-1/1/sms' },
  };
  const saying = (confirm: NonNullable<Destination['confirm']>) =>
    setUp([{ ...working('sms'), confirm }]);

  it('answers with the receipt of what the vendor says became of it, and counts it', async () => {
    const { confirmDelivery, counted } = saying(({ detail }) =>
      Promise.resolve({ state: 'delivered', detail: `${detail} is there` }),
    );

    const { at, ...said } = (await confirmDelivery(receipt))!;

    expect(said).toEqual({
      ...{ destination: 'sms', key: 'd-1/1/sms', state: 'delivered', attempts: 2 },
      detail: 'SM1 is there',
    });
    expect(Date.parse(at)).toBeGreaterThan(Date.parse(receipt.at));
    expect(counted).toMatchObject([{ destination: 'sms', state: 'delivered' }]);
  });

  it('leaves who asks on and since when in a receipt that is accepted still, with the reason', async () => {
    const detail = 'no extension';
    const { confirmDelivery, counted } = saying(() =>
      Promise.resolve({ state: 'accepted', detail }),
    );

    expect(await confirmDelivery(receipt)).toEqual({ ...receipt, detail });
    expect(counted).toEqual([]);
  });

  it.each<[string, Destination[]]>([
    ['the vendor does not say', [{ ...working('sms'), confirm: () => Promise.resolve(undefined) }]],
    ['the destination never says', [working('sms')]],
    ['there is no such destination any more', []],
  ])('answers nothing where %s', async (_why, destinations) => {
    expect(await setUp(destinations).confirmDelivery(receipt)).toBeNull();
  });

  it('is tried again where the vendor is away', async () => {
    const { confirmDelivery } = saying(() =>
      Promise.reject(new AdapterError('vendor-unreachable', 'sms: refused')),
    );

    await expect(confirmDelivery(receipt)).rejects.toMatchObject({ nonRetryable: false });
  });

  it.each([
    [new AdapterError('vendor-rejected', 'sms answered 404'), 'sms answered 404'],
    [new Error('secret-token'), 'sms: unexpected failure'],
  ])(
    'leaves the receipt as it is where it cannot be asked, and says so: %p',
    async (error, reason) => {
      const { confirmDelivery, lines } = saying(() => Promise.reject(error));

      expect(await confirmDelivery(receipt)).toBeNull();
      expect(lines).toMatchObject([
        { level: 'warn', fields: { deliveryKey: receipt.key, reason } },
      ]);
    },
  );
});
