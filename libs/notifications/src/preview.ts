/** A request that would be made; nothing is sent. Its secrets are hidden. */
export interface Preview {
  /** Name of the destination: `slack:releases`, `sms:0199`, `firebase:mail`. */
  readonly channel: string;
  /** Of HTTP; `create` for a document in Firestore. */
  readonly method: string;
  readonly url: string;
  /** Those that the message needs; what a library says of itself is left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** What is sent as JSON or, by SMS, as a form. */
  readonly body: unknown;
}
