/** Work that failed and is tried again: why a run does not move. */
export interface Trouble {
  readonly activity: string;
  /** Of the try that is on, or comes next. */
  readonly attempt: number;
  /** Why the one before it failed: text from outside. */
  readonly message: string;
}

/** As Temporal describes it, as far as it is read here. */
export interface PendingActivity {
  readonly activityType?: { readonly name?: string | null } | null;
  readonly attempt?: number | null;
  readonly lastFailure?: {
    readonly message?: string | null;
    readonly applicationFailureInfo?: { readonly type?: string | null } | null;
  } | null;
  readonly state?: number | null;
  readonly lastStartedTime?: { readonly seconds?: unknown } | null;
}

/** Of a screen: components of one wave mostly fail for the same reason. */
const MAX_TROUBLES = 3;
/** `PENDING_ACTIVITY_STATE_STARTED`: a worker is at it. */
const STARTED = 2;
/**
 * A try that runs this long has got past what ended the one before: a watch goes on for hours after its worker was
 * replaced. No call to a cluster that is out of reach takes as long.
 */
const GOT_PAST_MS = 30_000;

/** The pending activities that have failed before, those with the most attempts first; one for each reason. */
export function troublesOf(
  pending: readonly PendingActivity[] | null | undefined,
  nowMs: number,
): readonly Trouble[] {
  const troubles = (pending ?? [])
    .filter((activity) => !hasGotPast(activity, nowMs))
    .flatMap((activity) => troubleOf(activity) ?? [])
    .toSorted((one, other) => other.attempt - one.attempt);
  const messages = troubles.map(({ message }) => message);
  return troubles
    .filter(({ message }, index) => messages.indexOf(message) === index)
    .slice(0, MAX_TROUBLES);
}

function troubleOf({ activityType, attempt, lastFailure }: PendingActivity): Trouble | undefined {
  const message = lastFailure?.message ?? '';
  if (message === '' || (attempt ?? 1) <= 1) return undefined;
  const type = lastFailure?.applicationFailureInfo?.type ?? '';
  return {
    activity: activityType?.name ?? 'an activity',
    attempt: attempt ?? 1,
    message: message.includes(type) ? message : `${type}: ${message}`,
  };
}

function hasGotPast({ state, lastStartedTime }: PendingActivity, nowMs: number): boolean {
  if (state !== STARTED) return false;
  // A 64-bit integer in an object of its own: it reads as a number by way of its digits.
  const startedMs = Number(String(lastStartedTime?.seconds)) * 1000;
  return nowMs - startedMs > GOT_PAST_MS;
}
