import { describe, expect, it } from '@jest/globals';
import type { LeaseClaim } from '../objects.ts';
import type { ClusterHarness } from './harness.ts';

const ACQUIRED = '2026-03-01T09:00:00.000Z';
const CLAIM: LeaseClaim = {
  ...{ holder: 'one', durationSeconds: 15, transitions: 0 },
  ...{ acquiredAt: ACQUIRED, renewedAt: ACQUIRED },
};
const RENEWED: LeaseClaim = { ...CLAIM, renewedAt: '2026-03-01T09:00:02.123Z' };

/** What an election does to a Lease. */
export function describeLeases(harness: () => ClusterHarness): void {
  async function place() {
    const namespace = await harness().createNamespace();
    await harness().grantLeases(namespace);
    return { namespace, name: 'watch' };
  }

  async function seeded() {
    const at = await place();
    return { at, read: await harness().cluster.createLease(at, CLAIM) };
  }

  describe('a Lease', () => {
    it('is undefined while nobody made it', async () => {
      expect(await harness().cluster.lease(await place())).toBeUndefined();
    });

    it('is read as it was made', async () => {
      const { at, read } = await seeded();

      const found = await harness().cluster.lease(at);

      expect(found).toEqual(read);
      expect(found).toMatchObject({ name: 'watch', ...withoutTimes(CLAIM) });
      expect(timesOf(found)).toEqual(timesOf(CLAIM));
    });

    it('is made once', async () => {
      const { at } = await seeded();

      const again = harness().cluster.createLease(at, { ...CLAIM, holder: 'two' });

      await expect(again).rejects.toMatchObject({ type: 'cluster-conflict' });
      expect(await harness().cluster.lease(at)).toMatchObject({ holder: 'one' });
    });

    it('is renewed by who has read it last, and has another version then', async () => {
      const { at, read } = await seeded();

      const renewed = await harness().cluster.patchLease(at.namespace, read, RENEWED);

      expect(renewed.resourceVersion).not.toBe(read.resourceVersion);
      expect(timesOf(renewed)).toEqual(timesOf(RENEWED));
      expect(await harness().cluster.lease(at)).toEqual(renewed);
    });

    it('goes to one of two who have read the same', async () => {
      const { at, read } = await seeded();
      const { cluster } = harness();
      const take = (holder: string) =>
        cluster.patchLease(at.namespace, read, { ...CLAIM, holder, transitions: 1 });

      const answers = await Promise.allSettled([take('two'), take('three')]);

      const [refused, ...more] = answers.filter(({ status }) => status === 'rejected');
      expect(refused).toMatchObject({ reason: { type: 'cluster-conflict' } });
      expect(more).toEqual([]);
    });

    it('has no holder once it is given back', async () => {
      const { at, read } = await seeded();
      const { holder: _gone, ...nobody } = { ...RENEWED, durationSeconds: 1 };

      await harness().cluster.patchLease(at.namespace, read, nobody);

      expect(await harness().cluster.lease(at)).not.toHaveProperty('holder');
    });

    it('that was removed cannot be renewed', async () => {
      const { namespace } = await place();
      const read = { ...CLAIM, name: 'gone', resourceVersion: '1' };

      const renewed = harness().cluster.patchLease(namespace, read, RENEWED);

      await expect(renewed).rejects.toMatchObject({ type: 'cluster-not-found' });
    });
  });
}

function withoutTimes({ holder, durationSeconds, transitions }: LeaseClaim) {
  return { holder, durationSeconds, transitions };
}

/** A cluster may keep more digits. */
function timesOf(claim: LeaseClaim | undefined): readonly number[] {
  return [claim?.acquiredAt, claim?.renewedAt].map((time) => Date.parse(time ?? ''));
}
