import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { toConnectError } from './connect-error.ts';
import { connect } from './connect.ts';

function settingsFor(address: string) {
  return { address, namespace: 'default', connectionOptions: { address } };
}

describe('connect', () => {
  it('names the address and how long it tried when nobody answers there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));

    const connecting = connect(settingsFor(address), { timeoutMs: 300 });

    await expect(connecting).rejects.toMatchObject({
      type: 'temporal-unreachable',
      message: expect.stringMatching(
        new RegExp(`^Temporal at ${address} did not answer within \\S+ s`),
      ),
    });
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    const server = createServer((socket) => socket.unref()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

    const connecting = connect(settingsFor(address), { timeoutMs: 300 });

    await expect(connecting).rejects.toMatchObject({ type: 'temporal-unreachable' });
    server.close();
    server.unref();
  });
});

describe('toConnectError', () => {
  it('is config-invalid when the server refuses the credentials', () => {
    const refused = Object.assign(new Error('16 UNAUTHENTICATED: bad key'), {
      code: 16,
      details: 'bad key',
    });

    const error = toConnectError(new Error('failed', { cause: refused }), {
      address: 'host:7233',
      triedMs: 10,
    });

    expect(error.type).toBe('config-invalid');
    expect(error.message).toMatch(/host:7233 refused the credentials \(bad key\)/);
  });
});
