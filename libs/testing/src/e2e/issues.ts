import type { IssueView } from '@fairlead/contracts';
import { waitFor } from '../servers/index.ts';
import type { Stage } from './stage.ts';

/** A crash loop takes seconds to be seen, mended and confirmed; a busy machine takes many times that. */
const DEADLINE_MS = 90_000;

/** Of the test cluster: a pod that is edited so crashes again and again, whatever its image. */
export const CRASH = {
  metadata: {
    labels: { 'testcluster/fail': 'crashloop' },
    annotations: { 'testcluster/after': '0s' },
  },
};

/** The target's issue of this key in staging, once it is as wanted. */
export function untilIssue(
  stage: Pick<Stage, 'ledger'>,
  { application, key }: { readonly application: string; readonly key: string },
  isWanted: (issue: IssueView) => boolean,
  deadlineMs = DEADLINE_MS,
): Promise<IssueView> {
  let last: IssueView | undefined;
  return waitFor(
    async () => {
      last = await stage.ledger('staging', application).then(
        ({ issues = [] }) => issues.find((issue) => issue.key === key),
        () => undefined,
      );
      return last !== undefined && isWanted(last) ? last : undefined;
    },
    { deadlineMs, what: () => `issue ${key}; it is ${JSON.stringify(last)}` },
  );
}
