import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import { startMockPagerduty } from '@fairlead/testing/vendors';
import { libraryCall } from './library-call.ts';

it('does not take an answer to someone else for its own', async () => {
  const other = await startMockPagerduty();
  const { signal } = new AbortController();

  const broken = libraryCall(
    { vendor: 'pagerduty', plain: true, secrets: [], signal },
    async () => {
      const [response] = (await once(get(other.url), 'response')) as [IncomingMessage];
      response.resume();
      throw new Error('reset');
    },
  );

  await expect(broken).rejects.toMatchObject({ type: 'vendor-unreachable' });
  await other.stop();
});
