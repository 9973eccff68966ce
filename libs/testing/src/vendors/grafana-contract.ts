import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { VendorReply } from './mock-vendor.ts';
import { once } from './once.ts';
import { schemaFault } from './schema-fault.ts';

/** A request, taken apart. */
export interface GrafanaRequest {
  readonly route: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Whether `X-Disable-Provenance` is set. */
  readonly editable: boolean;
}

/** Undefined where the route is another's. */
export type GrafanaRoutes = (request: GrafanaRequest) => VendorReply | undefined;

export interface GrafanaContract {
  /** What is wrong with a body, by the definition of this name; undefined when nothing is. */
  errors(definition: string, body: unknown): string | undefined;
  /** An answer that the contract's definition of this name takes; a mock that answers otherwise is a defect. */
  reply(status: number, definition: string, body: unknown): VendorReply;
}

const SCHEMAS = new URL('../../schemas/grafana/', import.meta.url);

export const readGrafanaContract = once((): GrafanaContract => {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { int64: true, 'date-time': (text) => !isNaN(Date.parse(text)) },
  });
  for (const file of ['dashboard.schema.json', 'http-api.schema.json']) {
    ajv.addSchema(corrected(JSON.parse(readFileSync(new URL(file, SCHEMAS), 'utf8')) as Schema));
  }
  function errors(definition: string, body: unknown): string | undefined {
    const ref =
      definition === 'Dashboard' ? 'grafana-dashboard' : `grafana-http#/definitions/${definition}`;
    return schemaFault(ajv, ref, body);
  }
  return {
    errors,
    reply(status, definition, body) {
      const list = Array.isArray(body) ? (body as unknown[]) : [body];
      const wrong = list.map((one) => errors(definition, one)).find((why) => why !== undefined);
      if (wrong !== undefined) throw new Error(`the mock answers no ${definition}: ${wrong}`);
      return json(status, body);
    },
  };
});

interface Schema {
  readonly definitions?: Readonly<Record<string, { readonly properties?: object }>>;
}

/** An override's matcher takes anything, and Grafana's own SDK gives `byName` a text; its schema says "object" of it. */
function corrected(schema: Schema): Schema {
  const { MatcherConfig, ...definitions } = schema.definitions ?? {};
  if (MatcherConfig === undefined) return schema;
  const properties = { ...MatcherConfig.properties, options: {} };
  return {
    ...schema,
    definitions: { ...definitions, MatcherConfig: { ...MatcherConfig, properties } },
  };
}

function json(status: number, body: unknown): VendorReply {
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  return { status, headers, body: JSON.stringify(body) };
}

export function refusal(status: number, message: string, word?: string): VendorReply {
  return json(status, { message, ...(word === undefined ? {} : { status: word }) });
}
