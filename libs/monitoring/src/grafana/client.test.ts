import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readGrafanaContract, startMockGrafana } from '@fairlead/testing/vendors';
import type { MockGrafana } from '@fairlead/testing/vendors';
import { createGrafanaClient } from './client.ts';
import type { GrafanaCall } from './client.ts';
import { aDelivery } from './fixtures.ts';
import { createGrafana } from './grafana.ts';
import type { GrafanaOptions } from './options.ts';

const SECRET = 'glsa_a-secret-of-grafana';

const contract = readGrafanaContract();

let vendor: MockGrafana;

beforeEach(async () => {
  vendor = await startMockGrafana(contract);
});

afterEach(() => vendor.stop());

function options(over: Partial<GrafanaOptions> = {}): GrafanaOptions {
  return { url: vendor.url, apiKey: vendor.apiKey, alerts: true, ...over };
}

function reach(over: Partial<GrafanaOptions> = {}, timeoutMs = 5_000) {
  return createGrafana(options(over)).reach(AbortSignal.timeout(timeoutMs));
}

function call(what: Partial<GrafanaCall>) {
  const client = createGrafanaClient(options());
  return client.call({ method: 'GET', path: '/api/folders', ...what }, AbortSignal.timeout(5_000));
}

describe('reach', () => {
  it('asks for something that needs the token', async () => {
    await expect(reach()).resolves.toBeUndefined();

    expect(vendor.received).toMatchObject([
      { method: 'GET', path: '/api/folders?limit=1', headers: { accept: 'application/json' } },
    ]);
  });

  it.each([
    { status: 401, mend: /401: .*Invalid API key.*renew its credentials/ },
    { status: 403, mend: /403.*renew its credentials, or give .* the role Editor/ },
    { status: 404, mend: /404/ },
    { status: 302, mend: /302.*redirects/ },
  ])('is final at $status, with the mend', async ({ status, mend }) => {
    const headers = { location: `${vendor.url}/login` };
    vendor.misbehave({ status, headers, body: '{"message":"Invalid API key"}' });

    await expect(reach()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(vendor.received).toHaveLength(1);
  });

  it.each([
    ['a page to sign in', '<!doctype html><title>Sign in</title>'],
    ['the JSON of something else', '{"status":"ok"}'],
    ['nothing', ''],
    ['10 MB', `[${'1,'.repeat(5_000_000)}1]`],
  ])('does not take %s for Grafana', async (_what, body) => {
    vendor.misbehave({ status: 200, body });

    await expect(reach()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/grafana_url/),
    });
  });

  it.each([{ status: 500 }, { status: 502, body: '<html>' }, { status: 408 }, 'reset'] as const)(
    'is tried again after %j',
    async (misbehaviour) => {
      vendor.misbehave(misbehaviour);

      await expect(reach()).rejects.toMatchObject({ type: 'vendor-unreachable', retryable: true });
      expect(vendor.received).toHaveLength(1);
    },
  );

  it('keeps the wait of a 429', async () => {
    vendor.misbehave({ status: 429, headers: { 'retry-after': '7' } });

    await expect(reach()).rejects.toMatchObject({ type: 'vendor-throttled', retryAfterMs: 7_000 });
  });

  it('ends with the signal when Grafana hangs', async () => {
    vendor.misbehave('hang');

    await expect(reach({}, 50)).rejects.toMatchObject({ type: 'vendor-unreachable' });
  });

  it.each([
    [{ url: 'grafana.example.com' }, /begins with https/],
    [{ url: 'ftp://grafana.example.com' }, /begins with https/],
    [{ url: `http://kim:${SECRET}@127.0.0.1:1` }, /leave user and password out/],
    [{ apiKey: `${SECRET}\n` + 'ü😀' }, /grafana_api_key/],
  ])('says what is wrong with %j, without a word of the secret', async (over, mend) => {
    const error: unknown = await reach(over).catch((reason: unknown) => reason);

    expect(error).toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(mend),
    });
    expect(String(error)).not.toContain(SECRET);
    expect(vendor.received).toEqual([]);
  });
});

describe('a call', () => {
  it('goes behind the path under which Grafana is served', async () => {
    await expect(reach({ url: `${vendor.url}/grafana/` })).rejects.toMatchObject({
      message: expect.stringMatching(/404/),
    });

    expect(vendor.received).toMatchObject([{ path: '/grafana/api/folders?limit=1' }]);
  });

  it('tells a status that was asked for as an answer', async () => {
    const asked = await call({ path: '/api/folders/none', but: [404] });

    expect(asked).toEqual({ status: 404 });
    await expect(call({ path: '/api/folders/none' })).rejects.toMatchObject({
      type: 'vendor-rejected',
    });
  });

  it('says that an answer is longer than what is read', async () => {
    vendor.misbehave({ status: 200, body: JSON.stringify('x'.repeat(10_000_000)) });

    await expect(call({})).resolves.toEqual({ status: 200, cut: true });
  });

  it('never tells the token, whatever is answered', async () => {
    const system = createGrafana(options({ apiKey: SECRET }));
    const errors: string[] = [];
    const note = (error: unknown) => {
      const { cause, stack } = error as Error;
      errors.push(String(error), String(stack), String(cause), JSON.stringify(error));
    };
    const echo = { status: 403, body: JSON.stringify({ message: `Bearer ${SECRET}` }) };
    const signal = AbortSignal.timeout(5_000);
    vendor.misbehave(echo, echo, { status: 200, body: SECRET });

    await system.reach(signal).catch(note);
    await system.events?.send(aDelivery(), signal).catch(note);
    await system.reach(signal).catch(note);
    await system.provisioner?.apply({ force: false, removeDuplicates: false }, signal).catch(note);

    expect(errors).toHaveLength(16);
    expect(errors.join('\n')).not.toContain(SECRET);
  });
});
