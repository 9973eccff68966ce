/** One webhook that takes JSON lines. */
export interface LineWebhookOptions {
  /** Where lines are posted to; without credentials, so that it may be shown. */
  readonly url: string;
  /** A secret: goes as a bearer token. */
  readonly token: string;
}
