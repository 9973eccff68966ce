import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockFirebase } from '@fairlead/testing/vendors';
import type { MockFirebase } from '@fairlead/testing/vendors';
import { createFirebase } from './firebase.ts';
import { send } from './fixtures.ts';
import type { FirebaseOptions } from './options.ts';

let vendor: MockFirebase;
let options: FirebaseOptions;

beforeEach(async () => {
  vendor = await startMockFirebase();
  const { projectId, credentialsFile, url: apiUrl } = vendor;
  options = {
    projectId,
    credentialsFile,
    apiUrl,
    notificationTopics: ['deployments'],
    emailTo: ['ops@example.com'],
  };
});

afterEach(() => vendor.stop());

function names(over: Partial<FirebaseOptions>): readonly string[] {
  return createFirebase({ ...options, ...over }).map(({ name }) => name);
}

/** How each of the two ended, with everything that an error tells. */
async function outcomes(over: Partial<FirebaseOptions> = {}): Promise<readonly string[]> {
  const destinations = createFirebase({ ...options, ...over });
  return Promise.all(
    destinations.map((destination) =>
      send(destination).then(
        ({ state }) => state,
        (error: unknown) =>
          `${String(error)} ${String((error as Error).stack)} ${JSON.stringify(error)} ${String((error as Error).cause)}`,
      ),
    ),
  );
}

function tokensGiven(): number {
  return vendor.fcm.received.filter(({ path }) => path === '/token').length;
}

describe('the destinations of Firebase', () => {
  it('are the push and the mail', () => {
    expect(names({})).toEqual(['firebase', 'firebase:mail']);
  });

  it('leave the push out where there are no topics', () => {
    expect(names({ notificationTopics: [] })).toEqual(['firebase:mail']);
  });

  it('leave the mail out where there are no recipients', () => {
    expect(names({ emailTo: [] })).toEqual(['firebase']);
  });

  it('are keyed, and of one channel for the roles', () => {
    for (const destination of createFirebase(options)) {
      expect(destination).toMatchObject({ channel: 'firebase', road: 'keyed' });
    }
  });
});

describe('the access token', () => {
  it('is one for both and for all that is sent', async () => {
    const destinations = createFirebase(options);

    await Promise.all(destinations.map((destination) => send(destination)));
    await Promise.all(destinations.map((destination) => send(destination)));

    expect(tokensGiven()).toBe(1);
  });

  it.each(['firebase', 'firebase:mail'])(
    'is another, at once, after %s was refused it',
    async (name) => {
      const destination = createFirebase(options).find((one) => one.name === name);
      if (destination === undefined) throw new Error(name);
      await send(destination);
      vendor.fcm.revokeTokens();

      const answer = await send(destination, { event: { id: 'd-2/1' } });

      expect(answer).toEqual({ state: 'accepted' });
      expect(tokensGiven()).toBe(2);
    },
  );

  it('is another for all topics that were refused it', async () => {
    const [push] = createFirebase({ ...options, notificationTopics: ['a', 'b', 'c'] });
    if (push === undefined) throw new Error('no push');
    await send(push);
    vendor.fcm.revokeTokens();

    expect(await send(push)).toEqual({ state: 'accepted' });
    expect(tokensGiven()).toBe(2);
  });

  it('is tried for again when Google is out of reach', async () => {
    vendor.fcm.misbehave({ status: 503 }, 'reset');
    const [push] = createFirebase(options);
    if (push === undefined) throw new Error('no push');

    await expect(send(push)).rejects.toMatchObject({ type: 'vendor-unreachable' });
    await expect(send(push)).rejects.toMatchObject({ type: 'vendor-unreachable' });
    await expect(send(push)).resolves.toEqual({ state: 'accepted' });
  });

  it.each([
    { status: 200, body: 'garbage' },
    { status: 200, body: '{}' },
    { status: 302 },
  ] as const)('is not taken from %j', async (misbehaviour) => {
    vendor.fcm.misbehave(misbehaviour);
    const [push] = createFirebase(options);

    await expect(push && send(push)).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/no access token.*renew credentials_file/),
    });
  });
});

describe('the key', () => {
  it('is picked up when it is rotated, without a restart', async () => {
    const [push, mail] = createFirebase(options);
    if (push === undefined || mail === undefined) throw new Error('not both');
    await vendor.writeCredentials(withKey(anotherKey()));
    for (const destination of [push, mail]) {
      await expect(send(destination)).rejects.toMatchObject({
        message: expect.stringMatching(/invalid_grant; renew/),
      });
    }

    await vendor.writeCredentials(vendor.credentials);

    await expect(send(push)).resolves.toEqual({ state: 'accepted' });
    await expect(send(mail)).resolves.toEqual({ state: 'accepted' });
  });

  it('gives another token when it is another', async () => {
    const [, mail] = createFirebase(options);
    if (mail === undefined) throw new Error('no mail');
    await send(mail);
    const other = anotherKey();
    vendor.fcm.alsoTrust(other.publicKey);
    await vendor.writeCredentials(withKey(other));

    await expect(send(mail, { event: { id: 'd-2/1' } })).resolves.toEqual({ state: 'accepted' });
    expect(tokensGiven()).toBe(2);
  });

  it('never shows in an error, well-formed or not', async () => {
    const { private_key: pem } = JSON.parse(vendor.credentials) as { private_key: string };
    const line = pem.split('\n')[3] ?? '';
    const contents = [
      withKey(anotherKey()),
      vendor.credentials.slice(0, -1),
      pem,
      JSON.stringify({ private_key: pem }),
      JSON.stringify({ project_id: 'p', client_email: 'e', private_key: line }),
      JSON.stringify({ project_id: 'p', client_email: 'e', private_key: [pem] }),
      '',
    ];
    const told: string[] = [];
    for (const content of contents) {
      await vendor.writeCredentials(content);
      told.push(...(await outcomes()));
    }

    expect(told).toHaveLength(2 * contents.length);
    expect(told.filter((one) => one.includes('credentials_file'))).toHaveLength(told.length);
    const parts = [line, ...contents.flatMap((content) => /MII\w{20}/.exec(content)?.[0] ?? [])];
    for (const part of parts) expect(told.join('\n')).not.toContain(part);
  });

  it('is missed with the path and the mend', async () => {
    const told = await outcomes({ credentialsFile: '/nowhere/key.json' });

    for (const one of told) {
      expect(one).toMatch(/credentials_file \/nowhere\/key\.json cannot be read \(ENOENT\)/);
    }
  });

  it('gives a token that never shows, whatever repeats it', async () => {
    const destinations = createFirebase(options);
    for (const destination of destinations) await send(destination);
    const token = vendor.fcm.received
      .map(({ headers }) => headers.authorization?.replace('Bearer ', ''))
      .find(Boolean);
    if (token === undefined) throw new Error('no token');
    vendor.fcm.misbehave({ status: 403, body: `you sent ${token}` });
    vendor.firestore.misbehave({ code: 7, message: `you sent ${token}` });

    for (const destination of destinations) {
      await expect(send(destination)).rejects.toMatchObject({
        message: expect.stringMatching(/you sent \[hidden\]/),
      });
    }
  });
});

describe('the gateway', () => {
  it('that has a path is refused, which gRPC cannot carry', async () => {
    const told = await outcomes({ apiUrl: `${vendor.url}/firebase` });

    for (const one of told) expect(one).toMatch(/api_url has a path/);
  });

  it('may be written with a slash', async () => {
    await expect(outcomes({ apiUrl: `${vendor.url}/` })).resolves.toEqual(['accepted', 'accepted']);
  });

  it('is tried again when nobody listens there', async () => {
    const [push, mail] = createFirebase(options);
    if (push === undefined || mail === undefined) throw new Error('not both');
    await send(push);
    await vendor.disconnect();

    await expect(send(push)).rejects.toMatchObject({
      message: expect.stringMatching(/ECONNREFUSED/),
      retryable: true,
    });
    await expect(send(mail)).rejects.toMatchObject({
      message: expect.stringMatching(/UNAVAILABLE/),
      retryable: true,
    });
    for (const one of await outcomes()) expect(one).toContain('(ECONNREFUSED)');
  });
});

function anotherKey() {
  return generateKeyPairSync('rsa', { modulusLength: 2_048 });
}

function withKey({ privateKey }: ReturnType<typeof anotherKey>): string {
  const account = JSON.parse(vendor.credentials) as object;
  const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return JSON.stringify({ ...account, private_key });
}
