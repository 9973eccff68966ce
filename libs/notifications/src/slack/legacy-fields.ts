import type { SlackOptions } from './options.ts';

/** So rarely a webhook that has refused them is asked again: one that is legacy may have been away for a moment. */
const ASK_AGAIN_MS = 60 * 60_000;

/** What a receipt says of a message that went without them. */
export const WITHOUT = 'without channel and username, which only legacy webhooks honour';

interface Fields {
  readonly channel?: string;
  readonly username?: string;
}

/**
 * `channel` and `username`. The address of a webhook does not say whether it honours them, so the first message tries;
 * what refused them is sent none from then on, and each message is one request.
 */
export class LegacyFields {
  private readonly given: Fields;
  private readonly now: () => number;
  private refusedAtMs = -Infinity;

  constructor({ postTo, username }: SlackOptions, now: () => number = Date.now) {
    this.given = {
      ...(postTo === undefined ? {} : { channel: postTo }),
      ...(username === undefined ? {} : { username }),
    };
    this.now = now;
  }

  /** None where none are configured, or they were refused lately. */
  get present(): Fields {
    return this.now() - this.refusedAtMs < ASK_AGAIN_MS ? {} : this.given;
  }

  /** Whether there are some that are left out. */
  get areLeftOut(): boolean {
    return !isEmpty(this.given) && isEmpty(this.present);
  }

  /** The same message was taken without them. */
  refused(): void {
    this.refusedAtMs = this.now();
  }
}

export function isEmpty(fields: Fields): boolean {
  return Object.keys(fields).length === 0;
}
