import { readFileSync } from 'node:fs';
import type { DeploymentRecord } from '@fairlead/contracts';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';

/** Names of texts; one that ends in `?` may be absent. */
const TEXTS = [
  ...['deploymentId', 'environment', 'application', 'namespace', 'cluster'],
  ...['type', 'kind', 'phase', 'actor', 'startedAt', 'reason?', 'finishedAt?'],
];
const COMPONENT = ['name', 'image', 'phase', 'previousImage?'];
const EVENT = ['id', 'kind', 'at', 'message'];
const ERROR = ['type', 'message'];
const CI = ['provider', 'url?'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * What `fairlead status DEPLOYMENT --json` printed, or the run in what `fairlead status -e ENV --json` did.
 * @throws FairleadError in one sentence for a file that is something else
 */
export function readRecordFile(path: string): DeploymentRecord {
  const document = parse(path);
  const record = isFields(document) && isFields(document.record) ? document.record : document;
  const fault = isFields(record) ? faultOf(record) : 'it holds no object';
  if (fault !== undefined) throw wrongFile(path, fault);
  return record as DeploymentRecord;
}

function parse(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw wrongFile(path, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? '?'})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw wrongFile(path, 'it is no JSON');
  }
}

/** Only what messages are made of is looked at: a record may hold more. */
function faultOf(record: Fields): string | undefined {
  const { components, events, error, ci } = record;
  return (
    textsFault(record, TEXTS) ??
    (Number.isNaN(Date.parse(String(record.startedAt))) ? 'startedAt is no time' : undefined) ??
    listFault('components', components, COMPONENT) ??
    listFault('events', events, EVENT) ??
    (error === undefined ? undefined : partFault('error', error, ERROR)) ??
    (ci === undefined ? undefined : partFault('ci', ci, CI))
  );
}

function textsFault(fields: Fields, keys: readonly string[], at = ''): string | undefined {
  const wrong = keys.find((key) => {
    const value = fields[nameOf(key)];
    return typeof value !== 'string' && !(value === undefined && key.endsWith('?'));
  });
  if (wrong === undefined) return undefined;
  return `${at}${nameOf(wrong)} is ${fields[nameOf(wrong)] === undefined ? 'missing' : 'no text'}`;
}

function nameOf(key: string): string {
  return key.replace(/\?$/, '');
}

function listFault(name: string, list: unknown, keys: readonly string[]): string | undefined {
  if (!Array.isArray(list)) return `${name} is ${list === undefined ? 'missing' : 'no list'}`;
  return list
    .map((item: unknown, index) => partFault(`${name}[${index}]`, item, keys))
    .find((fault) => fault !== undefined);
}

function partFault(at: string, part: unknown, keys: readonly string[]): string | undefined {
  return isFields(part) ? textsFault(part, keys, `${at}.`) : `${at} is no object`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongFile(path: string, fault: string) {
  return usageError(
    `${path} is no deployment record: ${fault}; --record takes what \`fairlead status DEPLOYMENT --json\` prints.`,
  );
}
