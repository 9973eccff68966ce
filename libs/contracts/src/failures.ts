/**
 * Everything that an activity may fail with. The word is the `type` of the Temporal failure; workflows compare the
 * word, never a class.
 */
export const FAILURES = {
  'cluster-unreachable': {
    retryable: true,
    mend: 'check the API server and the network; the run resumes by itself',
  },
  'cluster-throttled': {
    retryable: true,
    mend: 'nothing: the wait that the API server asked for is kept',
  },
  'cluster-conflict': { retryable: true, mend: 'nothing: the object is read again' },
  'cluster-forbidden': { retryable: false, mend: 'grant the verb to the role fairlead-cluster' },
  'cluster-rejected': {
    retryable: false,
    mend: 'read the admission or validation message; the run goes back',
  },
  'cluster-not-found': {
    retryable: false,
    mend: 'the object was deleted while the run was on; look, then roll back',
  },
  'target-edited': {
    retryable: false,
    mend: 'someone else changed the target: undo that edit, then `fairlead rollback`; to keep it see the runbook',
  },
  'vendor-unreachable': { retryable: true, mend: 'nothing: it is tried again' },
  'vendor-throttled': {
    retryable: true,
    mend: 'nothing: the wait that the vendor asked for is kept',
  },
  'vendor-rejected': { retryable: false, mend: 'see the answer in the receipt' },
  'temporal-unreachable': { retryable: true, mend: 'check the Temporal server; nothing is lost' },
  'config-invalid': { retryable: false, mend: 'run `fairlead config validate`' },
  defect: { retryable: false, mend: 'report it with the deployment ID' },
} as const satisfies Record<string, { retryable: boolean; mend: string }>;

export type FailureType = keyof typeof FAILURES;

/** Words of admission errors: what `requestDeployment` and the commands are refused with. */
export const REJECTIONS = [
  'busy',
  'halted',
  'unfit-phase',
  'nothing-to-roll-back',
  'unknown-deployment',
  'invalid-request',
  'request-id-taken',
  'known-issue',
  'issues-full',
  'remediation-off',
  'unknown-issue',
] as const;
export type RejectionType = (typeof REJECTIONS)[number];

/** Thrown by every adapter, with secrets removed; `toApplicationFailure` carries it over the activity's edge. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly type: FailureType;
  readonly retryAfterMs: number | undefined;

  constructor(
    type: FailureType,
    message: string,
    options: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.retryAfterMs = options.retryAfterMs;
  }

  get retryable(): boolean {
    return FAILURES[this.type].retryable;
  }
}
