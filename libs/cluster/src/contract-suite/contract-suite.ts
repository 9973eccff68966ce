import { describe } from '@jest/globals';
import { describeCanary } from './canary-suite.ts';
import { describeEdits } from './edit-suite.ts';
import type { ClusterHarness } from './harness.ts';
import { describeLeases } from './lease-suite.ts';
import { describePods } from './pods-suite.ts';
import { describeSharedRoute } from './shared-route-suite.ts';
import { describeSnapshot } from './snapshot-suite.ts';
import { describeWatch } from './watch-suite.ts';

/** What both clusters must do alike, so that the simulated one cannot lie. */
export function describeCluster(name: string, harness: () => ClusterHarness): void {
  describe(name, () => {
    describeSnapshot(harness);
    describeCanary(harness);
    describeSharedRoute(harness);
    describeEdits(harness);
    describeWatch(harness);
    describePods(harness);
    describeLeases(harness);
  });
}
