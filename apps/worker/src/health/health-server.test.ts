import { afterEach, describe, expect, it } from '@jest/globals';
import type { WorkerState } from '../workers/supervisor.ts';
import type { HealthServer } from './health-server.ts';
import { startHealthServer } from './health-server.ts';

let server: HealthServer | undefined;

afterEach(async () => {
  await server?.close();
});

async function statusOf(
  path: string,
  states: readonly WorkerState['state'][],
  temporalAnswers = true,
  metrics?: string,
): Promise<number> {
  server = await startHealthServer(
    { host: '127.0.0.1', port: 0 },
    {
      states: () => states.map((state) => ({ taskQueue: 'q', state })),
      temporalAnswers: () => Promise.resolve(temporalAnswers),
      metrics: () => (metrics === undefined ? undefined : Promise.resolve(metrics)),
    },
  );
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return response.status;
}

describe('health endpoint', () => {
  it.each([
    ['/livez', [], true, 200],
    ['/livez', ['RUNNING', 'STOPPING'], false, 200],
    ['/livez', ['RUNNING', 'FAILED'], true, 503],
    ['/readyz', [], true, 503],
    ['/readyz', ['RUNNING', 'RUNNING'], true, 200],
    ['/readyz', ['RUNNING', 'INITIALIZED'], true, 503],
    ['/readyz', ['STOPPING'], true, 503],
    ['/readyz', ['RUNNING'], false, 503],
    ['/metrics', ['RUNNING'], true, 404],
  ] as const)(
    '%s of workers %j, Temporal answering %s, is %d',
    async (path, states, answers, status) => {
      expect(await statusOf(path, states, answers)).toBe(status);
    },
  );

  it('serves what there is to measure as text', async () => {
    const text = 'fairlead_deployments_total 1\n';
    await statusOf('/livez', ['RUNNING'], true, text);

    const response = await fetch(`http://127.0.0.1:${server?.port}/metrics`);

    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toBe(text);
  });

  it('says which port is taken', async () => {
    await statusOf('/livez', []);
    const taken = { host: '127.0.0.1', port: server?.port ?? 0 };

    const starting = startHealthServer(taken, {
      states: () => [],
      temporalAnswers: () => Promise.resolve(true),
      metrics: () => undefined,
    });

    await expect(starting).rejects.toThrow(`${taken.port} (EADDRINUSE); choose another`);
  });
});
