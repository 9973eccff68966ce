import { describe, expect, it } from '@jest/globals';
import { CancelledFailure } from '@temporalio/activity';
import { editByHand, planCanary } from './harness.ts';
import type { ClusterHarness } from './harness.ts';
import { shiftTo } from './plans.ts';

export function describeWatch(harness: () => ClusterHarness): void {
  describe('the health watch', () => {
    it('ends when a pod that was ready crashes', async () => {
      const image = 'registry.test/api:latecrash-2';
      const { namespace, component, run } = await planCanary(harness(), { image });
      await run.apply(namespace, shiftTo(component, 10));

      const doom = await run.watch(namespace, component, 'canary').doom;

      expect(doom).toMatchObject({ component: 'api', workload: 'api-canary', side: 'canary' });
      expect(doom.reason).toBe('CrashLoopBackOff');
      expect(Date.parse(doom.since)).not.toBeNaN();
    });

    it('fails, to nobody’s alarm, when the canary is deleted', async () => {
      const { namespace, component, run } = await planCanary(harness());
      await run.apply(namespace, shiftTo(component, 10));
      const { doom } = run.watch(namespace, component, 'canary');
      const gone = expect(doom).rejects.toMatchObject({
        ...{ type: 'cluster-not-found', category: 'BENIGN' },
      });

      await harness().removeWorkload(namespace, 'api-canary');

      await gone;
    });

    it.each([
      ['canary', 'api-canary'],
      ['stable', 'api'],
    ] as const)(
      'fails, to nobody’s alarm, when the template of the %s is edited',
      async (side, name) => {
        const { namespace, component, run } = await planCanary(harness());
        await run.apply(namespace, shiftTo(component, 10));
        const { doom } = run.watch(namespace, component, side);
        const edited = expect(doom).rejects.toMatchObject({
          ...{ type: 'target-edited', category: 'BENIGN' },
        });

        await editByHand(harness(), { namespace, name });

        await edited;
      },
    );

    it('lasts as long as all is well, and obeys a cancellation at once', async () => {
      const { namespace, component, run } = await planCanary(harness());
      await run.apply(namespace, shiftTo(component, 10));
      const { doom, cancel } = run.watch(namespace, component, 'canary');
      const cancelled = expect(doom).rejects.toBeInstanceOf(CancelledFailure);

      cancel();

      await cancelled;
    });
  });
}
