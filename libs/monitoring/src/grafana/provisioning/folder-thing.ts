import { AdapterError } from '@fairlead/contracts';
import type { ProvisionChange } from '@fairlead/contracts';
import type { GrafanaClient } from '../client.ts';
import { isObject, listOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { FOLDER } from '../names.ts';
import { doneOrRaced } from './thing.ts';
import type { Thing, Write } from './thing.ts';

const PATH = `/api/folders/${FOLDER.uid}`;
/** Names of what keeps a folder: enough to know it by. */
const NAMES = 3;

/** `ours` are the UIDs of our dashboards, which an index may show a while after they are gone. */
export function folderThing(client: GrafanaClient, ours: readonly string[]): Thing {
  const of = (rest: Omit<ProvisionChange, 'thing' | 'name'>): ProvisionChange => ({
    thing: 'folder',
    name: FOLDER.title,
    ...rest,
  });

  async function find(signal: AbortSignal): Promise<JsonObject | undefined> {
    const { body } = await client.call({ method: 'GET', path: PATH, but: [404] }, signal);
    return isObject(body) ? body : undefined;
  }

  const create: Write = async (signal) => {
    const body = { uid: FOLDER.uid, title: FOLDER.title };
    const call = { method: 'POST', path: '/api/folders', body, but: [409, 412] } as const;
    const { status } = await client.call(call, signal);
    if (status < 300) return 'done';
    if ((await find(signal)) !== undefined) return 'raced';
    throw new AdapterError(
      'vendor-rejected',
      `grafana: another folder is named "${FOLDER.title}" already; rename or move that one`,
    );
  };

  function rename(version: unknown): Write {
    return async (signal) => {
      const body = { title: FOLDER.title, ...(typeof version === 'number' ? { version } : {}) };
      const call = { method: 'PUT', path: PATH, body, but: [404, 409, 412] } as const;
      return doneOrRaced(await client.call(call, signal));
    };
  }

  const drop: Write = async (signal) => {
    const path = `${PATH}?forceDeleteRules=false`;
    const call = { method: 'DELETE', path, but: [400, 404, 409, 412] } as const;
    const { status } = await client.call(call, signal);
    if (status < 300 || status === 404) return 'done';
    return of({ action: 'unchanged', detail: 'stays: it holds alert rules of somebody else' });
  };

  /** What somebody else keeps in it. Rules are not listed: Grafana itself refuses to drop a folder that has some. */
  async function others(signal: AbortSignal): Promise<readonly string[]> {
    const search = `/api/search?folderUIDs=${FOLDER.uid}&limit=100`;
    const below = `/api/folders?parentUid=${FOLDER.uid}&limit=100`;
    const found = await client.call({ method: 'GET', path: search }, signal);
    const folders = await client.call({ method: 'GET', path: below }, signal);
    if (found.cut === true || folders.cut === true) return ['much'];
    const inside = [...listOf(found.body), ...listOf(folders.body)].filter(
      ({ uid }) => typeof uid !== 'string' || !ours.includes(uid),
    );
    return [...new Set(inside.map(({ title, uid }) => textOf(title) ?? String(uid)))];
  }

  return {
    async judge({ force }, signal) {
      const found = await find(signal);
      if (found === undefined) return { change: of({ action: 'create' }), write: create };
      const title = textOf(found.title);
      if (title === FOLDER.title) return { change: of({ action: 'unchanged' }) };
      const detail = `somebody named it "${title ?? ''}"`;
      if (!force) return { change: of({ action: 'edited', detail }) };
      return { change: of({ action: 'update', detail }), write: rename(found.version) };
    },
    async judgeRemoval(signal) {
      if ((await find(signal)) === undefined) return undefined;
      const names = await others(signal);
      if (names.length > 0) {
        const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
        const detail = `stays: it holds ${names.slice(0, NAMES).join(', ')}${more}`;
        return { change: of({ action: 'unchanged', detail }) };
      }
      return { change: of({ action: 'remove' }), write: drop };
    },
  };
}
