/** An event bus or portal: https://github.com/cloudevents/spec, HTTP binding. */
export interface CDEventsOptions {
  /** Without user and password. */
  readonly url: string;
  /** A secret. */
  readonly token?: string;
}
