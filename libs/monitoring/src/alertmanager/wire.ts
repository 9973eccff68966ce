/** What Alertmanager's API v2 takes and answers, as far as it is used. */

type Texts = Readonly<Record<string, string>>;

export interface PostableAlert {
  /** They are its identity: the same labels are the same alert. */
  readonly labels: Texts;
  readonly annotations: Texts;
  /** RFC 3339. */
  readonly startsAt: string;
  /** From then on it is resolved. */
  readonly endsAt: string;
  readonly generatorURL?: string;
}

/** One that is not resolved. */
export interface StandingAlert {
  readonly labels: Texts;
  readonly annotations: Texts;
  readonly startsAt: string;
  readonly generatorURL?: string;
}

export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False: whatever does not match. Alertmanager 0.22 or later. */
  readonly isEqual: boolean;
}

export interface PostableSilence {
  readonly matchers: readonly Matcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

export interface KnownSilence {
  readonly id: string;
  readonly createdBy: string;
  readonly state: string;
}
