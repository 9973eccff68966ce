import type { Client } from '@temporalio/client';

/** A secret that must be found nowhere but where it is used. */
export interface Canary {
  /** Key of the configuration, for whoever reads a failed test. */
  readonly field: string;
  readonly vendor: Vendor;
  readonly text: string;
  /** The vendor's protocol wants it in the body. Default: it has no business there. */
  readonly inBody?: true;
}

export type Vendor = 'slack' | 'teams' | 'twilio' | 'pagerduty' | 'firebase';

/** Texts by where they were found. */
export type Texts = Readonly<Record<string, string>>;

/** `<field> in <place>` for each canary that stands in a text, in whatever form. */
export function leaksIn(texts: Texts, canaries: readonly Canary[]): string[] {
  return Object.entries(texts).flatMap(([place, text]) =>
    canaries
      .filter((canary) => formsOf(canary.text).some((form) => text.includes(form)))
      .map(({ field }) => `${field} in ${place}`),
  );
}

/** A text as it is, in a URL, in JSON, in JSON inside JSON, and in base64 wherever it begins in there. */
function formsOf(text: string): readonly string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const base64 = [0, 1, 2].map((before) => base64Of(text, before));
  return [
    ...new Set([
      ...[text, encodeURIComponent(text), inJson, JSON.stringify(inJson).slice(1, -1)],
      ...base64,
      ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** The characters that are the same whatever stands around it, when so many bytes stand before it in its group. */
function base64Of(text: string, before: number): string {
  const bytes = Buffer.from('\0'.repeat(before) + text);
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(first, last);
}

/** Every history of the server, with the payloads read, by workflow ID. */
export async function allHistories(client: Client): Promise<Texts> {
  const histories: Record<string, string> = {};
  for await (const { workflowId, runId, memo, typedSearchAttributes } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const history = await handle.fetchHistory();
    const { raw } = await handle.describe();
    histories[`history of ${workflowId}`] = readable([history, raw, memo, typedSearchAttributes]);
  }
  return histories;
}

/** Bytes as the text that they are. */
function readable(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, shown: unknown) {
    // As it was before `toJSON` of Buffer.
    const own = this[key];
    if (own instanceof Uint8Array) return Buffer.from(own).toString('utf8');
    return typeof shown === 'bigint' ? String(shown) : shown;
  });
}
