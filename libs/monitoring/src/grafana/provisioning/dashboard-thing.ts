import type { Dashboard } from '../../dashboards/dashboard.ts';
import type { ProvisionChange } from '@fairlead/contracts';
import type { GrafanaClient } from '../client.ts';
import { toDashboardJson } from '../render/dashboard-json.ts';
import { difference } from './difference.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { covers, isObject, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { DASHBOARD_TAG, FOLDER } from '../names.ts';
import { doneOrRaced } from './thing.ts';
import type { Thing, Write } from './thing.ts';

interface Found {
  readonly json: JsonObject;
  readonly meta: JsonObject;
  readonly version: number;
  readonly tags: readonly string[];
  /** Longer than what is read, which none of ours is: the rest is empty. */
  readonly long: boolean;
}

/** What we wrote: the content, and the version that it became. */
interface Mark {
  readonly fingerprint: string;
  readonly version: number;
}

/** One dashboard of ours, found by its UID. */
export function dashboardThing(
  client: GrafanaClient,
  dashboard: Dashboard,
  datasource: string | undefined,
): Thing {
  const path = `/api/dashboards/uid/${encodeURIComponent(dashboard.uid)}`;
  const of = (rest: Omit<ProvisionChange, 'thing' | 'name'>): ProvisionChange => ({
    thing: 'dashboard',
    name: dashboard.title,
    ...rest,
  });

  async function find(signal: AbortSignal): Promise<Found | undefined> {
    const { status, body, cut } = await client.call({ method: 'GET', path, but: [404] }, signal);
    if (status === 404) return undefined;
    const { dashboard: json, meta } = isObject(body) ? body : {};
    const content = isObject(json) ? json : {};
    const { version, tags } = content;
    return {
      json: content,
      meta: isObject(meta) ? meta : {},
      version: typeof version === 'number' ? version : 0,
      tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
      long: cut === true,
    };
  }

  function writeOver(wanted: JsonObject, found: Found | undefined): Write {
    return async (signal) => {
      // Only over what was seen: what somebody saved meanwhile is not lost.
      const body = bodyOf(wanted, found, false);
      const sent = await client.call(save(body), signal);
      if (sent.status < 300) return 'done';
      const now = await find(signal);
      if (found === undefined || now?.version !== found.version) return 'raced';
      // Nobody did: this Grafana counts versions otherwise, or keeps a dashboard of a plugin from being replaced.
      return doneOrRaced(await client.call(save(bodyOf(wanted, found, true)), signal));
    };
  }

  return {
    async judge({ force }, signal) {
      const wanted = await toDashboardJson(dashboard, datasource);
      const found = await find(signal);
      if (found === undefined) {
        return { change: of({ action: 'create' }), write: writeOver(wanted, undefined) };
      }
      if (found.meta.provisioned === true) return { change: of(fromFile('unchanged')) };
      const mark = markOf(found);
      const ours = mark !== undefined && isAsWritten(found, mark);
      if (ours && mark.fingerprint === fingerprintOf(contentOf(wanted))) {
        return { change: of({ action: 'unchanged' }) };
      }
      if (!ours && covers(contentOf(found.json), contentOf(wanted))) {
        return { change: of({ action: 'unchanged', detail: 'edited, and as it should be' }) };
      }
      const what = difference(found.json, wanted);
      if (!ours && !force) {
        return { change: of({ action: 'edited', detail: `${whoChanged(found)}: ${what}` }) };
      }
      return {
        change: of({ action: 'update', detail: what }),
        write: writeOver(wanted, found),
      };
    },
    async judgeRemoval(signal) {
      const found = await find(signal);
      if (found === undefined) return undefined;
      if (found.meta.provisioned === true) return { change: of(fromFile('unchanged')) };
      if (!found.tags.some(isOurTag)) {
        const why = found.long ? whoChanged(found) : `it does not carry the tag ${DASHBOARD_TAG}`;
        const detail = `stays: ${why}, so it is not known to be ours`;
        return { change: of({ action: 'edited', detail }) };
      }
      return {
        change: of({ action: 'remove' }),
        async write(until) {
          await client.call({ method: 'DELETE', path, but: [404] }, until);
          return 'done';
        },
      };
    },
  };
}

function save(body: object) {
  return { method: 'POST', path: '/api/dashboards/db', body, but: [409, 412] } as const;
}

function bodyOf(wanted: JsonObject, found: Found | undefined, overwrite: boolean) {
  const version = found?.version ?? 0;
  const fingerprint = fingerprintOf(contentOf(wanted));
  const mark = `${DASHBOARD_TAG}:${fingerprint}@${version + 1}`;
  return {
    dashboard: { ...wanted, tags: [DASHBOARD_TAG, mark], id: null, version },
    // Where a person moved it, it stays.
    folderUid: found === undefined ? FOLDER.uid : (textOf(found.meta.folderUid) ?? ''),
    overwrite,
    message: `Fairlead ${fingerprint}`,
  };
}

/** All but what Grafana counts and what we mark it with. */
function contentOf(json: JsonObject): JsonObject {
  const tags = Array.isArray(json.tags) ? json.tags.filter((tag) => !isMark(tag)) : [];
  return Object.fromEntries(
    Object.entries({ ...json, tags }).filter(([key]) => key !== 'id' && key !== 'version'),
  );
}

/**
 * The content is what was written, or, as Grafana writes some JSON in its own way, at least nobody has saved it since.
 */
function isAsWritten({ json, version }: Found, mark: Mark): boolean {
  return mark.version === version || mark.fingerprint === fingerprintOf(contentOf(json));
}

function markOf({ tags }: Found): Mark | undefined {
  const [, fingerprint, version] = MARK.exec(tags.find(isMark) ?? '') ?? [];
  return fingerprint === undefined ? undefined : { fingerprint, version: Number(version) };
}

const MARK = new RegExp(`^${DASHBOARD_TAG}:([0-9a-f]+)@(\\d+)$`);

function isMark(tag: unknown): boolean {
  return typeof tag === 'string' && MARK.test(tag);
}

function isOurTag(tag: string): boolean {
  return tag === DASHBOARD_TAG || isMark(tag);
}

function fromFile(action: 'unchanged'): Omit<ProvisionChange, 'thing' | 'name'> {
  return { action, detail: 'comes from a file of Grafana’s provisioning, which keeps it' };
}

function whoChanged({ meta, version, long }: Found): string {
  if (long) return 'longer than ours ever is';
  const who = textOf(meta.updatedBy);
  return `${who === undefined ? 'changed' : `${who} changed it`}, version ${version}`;
}
