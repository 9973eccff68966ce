import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockVendor } from '../../../testing/src/vendors/mock-vendor.ts';
import type { MockVendor } from '../../../testing/src/vendors/mock-vendor.ts';
import type { ServerOptions } from './ask.ts';
import { createPrometheusSource } from './query.ts';

let vendor: MockVendor;

beforeEach(async () => {
  vendor = await startMockVendor(() => vectorOf({ metric: {}, value: [0, '1'] }));
});

afterEach(() => vendor.stop());

function source(over: Partial<ServerOptions> = {}) {
  return createPrometheusSource({ url: vendor.url, ...over });
}

const AT = new Date('2026-01-02T03:04:05.500Z');
const SECONDS = 1767323045.5;

function query(expression = 'up', signal = AbortSignal.timeout(5_000)) {
  return source().metrics.query({ expression, at: AT, windowMs: 60_000 }, signal);
}

function json(status: number, body: unknown) {
  return { status, body: JSON.stringify(body) };
}

function vectorOf(...result: readonly object[]) {
  return json(200, { status: 'success', data: { resultType: 'vector', result } });
}

describe('a query', () => {
  it('asks for the expression as it is, at its time', async () => {
    const expression = 'sum(rate(x{a="b&c"}[5m])) > 1';

    await query(expression);

    const [request] = vendor.received;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/v1/query',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const form = Object.fromEntries(new URLSearchParams(request?.body));
    expect(form).toEqual({ query: expression, time: String(SECONDS) });
  });

  it('answers each series of a vector', async () => {
    vendor.misbehave(
      vectorOf(
        { metric: { __name__: 'up', job: 'a' }, value: [SECONDS, '0.25'] },
        { metric: { __name__: 'up', job: 'b' }, value: [SECONDS, '1e+06'] },
      ),
    );

    const samples = await query();

    expect(samples).toEqual([
      { labels: { __name__: 'up', job: 'a' }, value: 0.25, at: AT },
      { labels: { __name__: 'up', job: 'b' }, value: 1_000_000, at: AT },
    ]);
  });

  it('answers a scalar as one sample without labels', async () => {
    const data = { resultType: 'scalar', result: [SECONDS, '3'] };
    vendor.misbehave(json(200, { status: 'success', data }));

    expect(await query('3')).toEqual([{ labels: {}, value: 3, at: AT }]);
  });

  it.each([
    ['NaN', NaN],
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
  ])('keeps %s', async (text, value) => {
    vendor.misbehave(vectorOf({ metric: {}, value: [SECONDS, text] }));

    expect(await query()).toEqual([{ labels: {}, value, at: AT }]);
  });

  it('answers none where there is no data', async () => {
    vendor.misbehave(vectorOf());

    expect(await query()).toEqual([]);
  });

  it.each([
    [400, 'bad_data', 'invalid parameter "query": 1:1: parse error: unexpected <)>'],
    [422, 'execution', 'multiple matches for labels'],
  ])('says in its own words why it refuses with %d', async (status, errorType, error) => {
    vendor.misbehave(json(status, { status: 'error', errorType, error: `${error}\u001b[31m\n` }));

    await expect(query()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: `prometheus refused the query (${status}): ${errorType}: ${error}`,
    });
  });

  it.each(['matrix', 'string'])('refuses a %s, which is no number', async (resultType) => {
    vendor.misbehave(json(200, { status: 'success', data: { resultType, result: [] } }));

    await expect(query()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(`answered a ${resultType}: .* one number for each series`),
    });
  });

  it('refuses a native histogram, which has no one value', async () => {
    vendor.misbehave(vectorOf({ metric: {}, histogram: [SECONDS, { count: '1', sum: '1' }] }));

    await expect(query()).rejects.toThrow(/native histogram/);
  });

  it.each([
    ['a page', { status: 200, body: '<html>' }, /200 without JSON: something else stands/],
    ['another API', json(200, { ok: true }), /no result: something else stands/],
    ['null', json(200, null), /no result: something else stands/],
    ['10 MB', { status: 200, body: 'x'.repeat(10_000_000) }, /more than 64 KiB: ask for less/],
    ['a redirect', { status: 302, headers: { location: '/x' } }, /302; it redirects: configure/],
    ['401', { status: 401, body: 'who?' }, /401: who\?; renew its credentials/],
    ['404 in HTML', { status: 404, body: '<p>none</p>' }, /404: <p>none/],
  ])('is refused for good by %s', async (_name, answer, message) => {
    vendor.misbehave(answer);

    const failure = query();

    await expect(failure).rejects.toMatchObject({ type: 'vendor-rejected' });
    await expect(failure).rejects.toThrow(message);
    expect(vendor.received).toHaveLength(1);
  });

  it.each([
    ['503', { status: 503 }, { type: 'vendor-unreachable' }],
    ['a reset', 'reset' as const, { type: 'vendor-unreachable' }],
    [
      '429 with a wait',
      { status: 429, headers: { 'retry-after': '7' } },
      { type: 'vendor-throttled', retryAfterMs: 7_000 },
    ],
  ])('may be tried again after %s', async (_name, answer, error) => {
    vendor.misbehave(answer);

    await expect(query()).rejects.toMatchObject({ ...error, retryable: true });
  });

  it('ends with its signal when nobody answers', async () => {
    vendor.misbehave('hang');
    const gone = new AbortController();
    const failure = query('up', gone.signal);
    const ended = expect(failure).rejects.toMatchObject({ type: 'vendor-unreachable' });

    gone.abort();

    await ended;
  });
});

describe('reach', () => {
  it('shows its credentials, behind the path prefix', async () => {
    const url = `${vendor.url}/prometheus/`;
    const prometheus = source({ url, username: 'ann', password: 'pässword' });

    await prometheus.reach(AbortSignal.timeout(5_000));

    const authorization = `Basic ${Buffer.from('ann:pässword').toString('base64')}`;
    expect(vendor.received).toMatchObject([
      { path: '/prometheus/api/v1/query', headers: { authorization } },
    ]);
  });

  it('never tells the password, whatever the answer quotes', async () => {
    const credentials = Buffer.from('ann:s3cret-pw').toString('base64');
    vendor.misbehave({ status: 403, body: `no entry for s3cret-pw (Basic ${credentials})` });

    const failure = source({ username: 'ann', password: 's3cret-pw' }).reach(
      AbortSignal.timeout(5_000),
    );

    await expect(failure).rejects.toMatchObject({
      type: 'vendor-rejected',
      message:
        'prometheus answered 403: no entry for [hidden] (Basic [hidden]); renew its credentials',
    });
  });
});
