import { AdapterError } from '@fairlead/contracts';
import type { GrafanaClient } from '../client.ts';
import { isObject, listOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { RulePlace } from '../render/alert-rule.ts';

/** Grafana's own Prometheus; Mimir, Thanos and VictoriaMetrics are added as it. */
const TYPE = 'prometheus';
/** Of an installation that has never had a second one. */
const FIRST_ORG = 1;

/** The Prometheus that the rules ask: the configured one, else the only one, else the default one. */
export async function findDataSource(
  client: GrafanaClient,
  uid: string | undefined,
  signal: AbortSignal,
): Promise<Pick<RulePlace, 'datasource' | 'orgId'>> {
  const found = uid === undefined ? await choose(client, signal) : await byUid(client, uid, signal);
  const { uid: datasource, orgId } = found;
  if (typeof datasource !== 'string') throw config('Grafana names no UID of its data source');
  return { datasource, orgId: typeof orgId === 'number' ? orgId : FIRST_ORG };
}

async function byUid(client: GrafanaClient, uid: string, signal: AbortSignal): Promise<JsonObject> {
  const path = `/api/datasources/uid/${encodeURIComponent(uid)}`;
  const { body } = await client.call({ method: 'GET', path, but: [404] }, signal);
  if (!isObject(body)) throw config(`there is no data source with the UID "${uid}"`);
  return body;
}

async function choose(client: GrafanaClient, signal: AbortSignal): Promise<JsonObject> {
  const { body, cut } = await client.call({ method: 'GET', path: '/api/datasources' }, signal);
  if (cut === true) throw config('there are too many data sources to choose from');
  const candidates = listOf(body).filter(({ type }) => type === TYPE);
  const [first] = candidates;
  if (first === undefined) throw config('there is no Prometheus data source');
  const chosen =
    candidates.length === 1 ? first : candidates.find(({ isDefault }) => isDefault === true);
  if (chosen !== undefined) return chosen;
  const names = candidates.map(({ name, uid }) => `${textOf(name) ?? '?'} (${String(uid)})`);
  throw config(`there are several Prometheus data sources: ${names.join(', ')}`);
}

function config(what: string): AdapterError {
  return new AdapterError('vendor-rejected', `grafana: ${what}; name one by its UID`);
}
