import { AdapterError } from '@fairlead/contracts';
import type { Alert } from '../../alerts/alert.ts';
import type { ProvisionChange } from '@fairlead/contracts';
import { toAlertRule } from '../render/alert-rule.ts';
import type { AlertRule, RulePlace } from '../render/alert-rule.ts';
import type { GrafanaClient } from '../client.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { isObject, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { MANAGED_BY, ruleUid } from '../names.ts';
import { changedParts, essenceOf, markOf, marked } from './rule-essence.ts';
import { doneOrRaced } from './thing.ts';
import type { Thing, Write } from './thing.ts';

const RULES = '/api/v1/provisioning/alert-rules';

/** What the rules need to know, asked once for all of them. */
export type FindPlace = (signal: AbortSignal) => Promise<RulePlace>;

/** One rule of ours, found by its UID. `place` is undefined where rules are not wanted: what is there goes. */
export function alertThing(
  client: GrafanaClient,
  alert: Alert,
  place: FindPlace | undefined,
): Thing {
  const path = `${RULES}/${ruleUid(alert.id)}`;
  const of = (rest: Omit<ProvisionChange, 'thing' | 'name'>): ProvisionChange => ({
    thing: 'alert',
    name: alert.title,
    ...rest,
  });

  async function find(signal: AbortSignal): Promise<JsonObject | undefined> {
    const { body } = await client.call({ method: 'GET', path, but: [404] }, signal);
    return isObject(body) ? body : undefined;
  }

  function create(wanted: AlertRule): Write {
    return async (signal) => {
      const call = { method: 'POST', path: RULES, body: marked(wanted), editable: true } as const;
      // 409 or, of an older Grafana, 400 for a UID that it has already, and for a title that another rule has.
      const refused = await client.call(call, signal).catch(rejected);
      if (!(refused instanceof AdapterError)) return 'done';
      if ((await find(signal)) === undefined) throw refused;
      return 'raced';
    };
  }

  function update(wanted: AlertRule, found: JsonObject): Write {
    return async (signal) => {
      const body = { ...marked(wanted), ...kept(found) };
      const call = { method: 'PUT', path, body, editable: true, but: [404, 409] } as const;
      return doneOrRaced(await client.call(call, signal));
    };
  }

  const drop: Write = async (signal) => {
    await client.call({ method: 'DELETE', path, editable: true, but: [404] }, signal);
    return 'done';
  };

  async function judgeRemoval(signal: AbortSignal, detail?: string) {
    const found = await find(signal);
    if (found === undefined) return undefined;
    const keeper = keeperOf(found);
    if (keeper !== undefined) return { change: of({ action: 'edited', detail: keeper }) };
    if (!isOurs(found)) {
      const why = `stays: it does not carry the label ${MANAGED_BY.label}, so it is not ours`;
      return { change: of({ action: 'edited', detail: why }) };
    }
    const change = of({ action: 'remove', ...(detail === undefined ? {} : { detail }) });
    return { change, write: drop };
  }

  return {
    async judge({ force }, signal) {
      if (place === undefined) {
        return judgeRemoval(signal, 'rules of Grafana are off: Prometheus has them');
      }
      const wanted = toAlertRule(alert, await place(signal));
      const found = await find(signal);
      if (found === undefined) return { change: of({ action: 'create' }), write: create(wanted) };
      const keeper = keeperOf(found);
      const parts = changedParts(found, wanted);
      if (parts.length === 0) return { change: of({ action: 'unchanged' }) };
      if (keeper !== undefined) return { change: of({ action: 'edited', detail: keeper }) };
      const detail = `differs in ${parts.join(', ')}`;
      const ours = markOf(found) === fingerprintOf(essenceOf(found));
      if (!ours && !force) return { change: of({ action: 'edited', detail }) };
      return { change: of({ action: 'update', detail }), write: update(wanted, found) };
    },
    judgeRemoval: (signal) => judgeRemoval(signal),
  };
}

/** Who is told and where the rule lives is people's own choice: a PUT without these would undo it. */
function kept(found: JsonObject): object {
  return {
    ...(isObject(found.notification_settings) && {
      notification_settings: found.notification_settings,
    }),
    ...(textOf(found.folderUID) !== undefined && { folderUID: found.folderUID }),
    ...(textOf(found.ruleGroup) !== undefined && { ruleGroup: found.ruleGroup }),
  };
}

/** A rule of a file or of another tool: Grafana lets nobody else change it, and from `api` there is no way back. */
function keeperOf({ provenance }: JsonObject): string | undefined {
  const keeper = textOf(provenance);
  return keeper === undefined
    ? undefined
    : `stays: Grafana lets only its provisioning by "${keeper}" change it`;
}

function isOurs(found: JsonObject): boolean {
  const labels = isObject(found.labels) ? found.labels : {};
  return labels[MANAGED_BY.label] === MANAGED_BY.value || markOf(found) !== undefined;
}

function rejected(error: unknown): AdapterError {
  if (error instanceof AdapterError && error.type === 'vendor-rejected') return error;
  throw error;
}
