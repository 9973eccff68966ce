import { describe, expect, it } from '@jest/globals';

import { waitFor } from './wait-for.ts';

describe('waitFor', () => {
  it('answers the first truthy value', async () => {
    const values = [undefined, 0, 'found', 'later'];

    const answer = await waitFor(() => values.shift(), { deadlineMs: 1000, what: 'a value' });

    expect(answer).toBe('found');
  });

  it('says what it waited for when the deadline passes', async () => {
    const waiting = waitFor(() => false, { deadlineMs: 1, what: () => 'a pod, which is Pending' });

    await expect(waiting).rejects.toThrow('waited 1 ms in vain for a pod, which is Pending');
  });

  it('ends at once when the condition throws', async () => {
    const broken = () => Promise.reject(new Error('etcd ended with 1'));

    const waiting = waitFor(broken, { deadlineMs: 60_000, what: 'etcd' });

    await expect(waiting).rejects.toThrow('etcd ended with 1');
  });
});
