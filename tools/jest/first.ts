/** What asserts on seconds, beside the three that take longest and mostly wait: later, others compute all the time. */
export const FIRST: readonly string[] = [
  'apps/worker/e2e/control-plane.e2e.test.ts',
  'apps/cli/e2e/run.e2e.test.ts',
  'libs/workflows/src/digest/digest.integration.test.ts',
  'libs/workflows/src/digest/fallback.integration.test.ts',
];
