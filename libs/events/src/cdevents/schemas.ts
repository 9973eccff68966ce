import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AnySchemaObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const FOLDER = join(import.meta.dirname, 'schemas');
const LINKS = [
  ...['embeddedlinkend', 'embeddedlinkpath', 'embeddedlinkrelation', 'embeddedlinksarray'],
  ...['linkend', 'linkpath', 'linkrelation', 'linkstart'],
].map((name) => `links/${name}`);

/** What CDEvents calls them: subject and predicate. */
export const CDEVENT_KINDS = [
  ...(['service.deployed', 'service.upgraded', 'service.rolledback'] as const),
  ...(['service.removed', 'service.published'] as const),
  ...(['environment.created', 'environment.modified', 'environment.deleted'] as const),
  ...(['incident.detected', 'incident.reported', 'incident.resolved'] as const),
];
export type CDEventKind = (typeof CDEVENT_KINDS)[number];

/** An event's schema, and the type that it asks for. */
export interface EventSchema {
  readonly type: string;
  readonly validate: ValidateFunction;
}

let links: Ajv2020 | undefined;
const compiled = new Map<CDEventKind, EventSchema>();

/** Of the published schemas of CDEvents 0.5.1; compiled when its first event comes. */
export function schemaOf(kind: CDEventKind): EventSchema {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  links ??= withLinks();
  const schema = read(kind.replace('.', ''));
  const made = { type: typeIn(schema), validate: links.compile(schema) };
  compiled.set(kind, made);
  return made;
}

/** What every event's schema refers to. */
function withLinks(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  for (const name of LINKS) ajv.addSchema(read(name));
  return ajv;
}

function read(name: string): AnySchemaObject {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.schema.json`), 'utf8')) as AnySchemaObject;
}

function typeIn(schema: AnySchemaObject): string {
  const { properties } = schema as {
    properties: { context: { properties: { type: { default: string } } } };
  };
  return properties.context.properties.type.default;
}
