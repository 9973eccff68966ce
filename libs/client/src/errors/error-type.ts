import { FAILURES } from '@fairlead/contracts';
import type { FailureType, RejectionType } from '@fairlead/contracts';

/** The closed set of what a call can fail with: what workflows reject, what activities fail with, and a caller's own. */
export type FairleadErrorType =
  | RejectionType
  | FailureType
  | 'usage'
  | 'configuration'
  | 'unreachable'
  | 'interrupted'
  | 'withdrawn'
  | 'refused'
  | 'child-ended'
  | 'unknown-target';

/** One line of what to do about each of a caller's own. */
const OWN = {
  usage: 'correct the call as the message says',
  configuration: 'correct the configuration; `fairlead config validate` shows where',
  unreachable:
    'check that Temporal and a worker are up; a repeat under the same request ID is safe',
  interrupted: 'ask again under the same request ID: that never acts twice',
  withdrawn: 'ask again under a new request ID if it is still wanted',
  refused: 'read the message; this version does not know the reason’s word',
  'child-ended': 'read what it said last; then start it again',
  'unknown-target': 'check the name; `fairlead status` lists the targets',
} as const satisfies Record<Exclude<FairleadErrorType, RejectionType | FailureType>, string>;

/** One line of what to do about each rejection. */
const REJECTED = {
  busy: 'wait for your turn with `onBusy: "queue"`, or abort what runs',
  halted: 'look at what is left, then roll back, or deploy with `force`',
  'unfit-phase': 'look at the record: the command does not fit the phase that it is in',
  'nothing-to-roll-back': 'deploy first: there is no earlier version',
  'unknown-deployment': 'check the ID; `fairlead list` shows what there is',
  'invalid-request': 'correct the request as the message says',
  'request-id-taken': 'ask again under another request ID',
  'known-issue': 'nothing: it is looked after already',
  'issues-full': 'dismiss what is settled; `fairlead list --remediations` shows it',
  'remediation-off': 'switch remediation on in the worker’s configuration, or mend it by hand',
  'unknown-issue': 'check the key; `fairlead list --remediations` shows them',
} as const satisfies Record<RejectionType, string>;

const MENDS: Readonly<Record<FairleadErrorType, string>> = {
  ...OWN,
  ...REJECTED,
  ...(Object.fromEntries(
    Object.entries(FAILURES).map(([type, { mend }]) => [type, mend]),
  ) as Record<FailureType, string>),
};

export function isErrorType(word: string): word is FairleadErrorType {
  return Object.hasOwn(MENDS, word);
}

export function mendOf(type: FairleadErrorType): string {
  return MENDS[type];
}
