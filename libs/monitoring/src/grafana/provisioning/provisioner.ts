import type { ProvisionChange } from '@fairlead/contracts';
import type { Provisioner } from '../../provisioning/provisioner.ts';
import { alertThing } from './alert-thing.ts';
import type { FindPlace } from './alert-thing.ts';
import type { GrafanaClient } from '../client.ts';
import type { Content } from '../../content.ts';
import { dashboardThing } from './dashboard-thing.ts';
import { findDataSource } from './data-source.ts';
import { folderThing } from './folder-thing.ts';
import type { GrafanaOptions } from '../options.ts';
import { settle } from './thing.ts';
import type { Thing } from './thing.ts';

/** UIDs are fixed, so there are no duplicates here; what is looked at is written over only as it was seen. */
export function createProvisioner(
  client: GrafanaClient,
  options: GrafanaOptions,
  { dashboards, alerts }: Content,
): Provisioner {
  const folder = folderThing(
    client,
    dashboards.map(({ uid }) => uid),
  );
  const boards = dashboards.map((one) => dashboardThing(client, one, options.datasource));

  /** Asked for anew at each run: a data source may be replaced. */
  function rules(): readonly Thing[] {
    const place = options.alerts ? placeOf(client, options) : undefined;
    return alerts.map((alert) => alertThing(client, alert, place));
  }

  return {
    async plan(choices, signal) {
      const changes: ProvisionChange[] = [];
      for (const thing of [folder, ...boards, ...rules()]) {
        const judgement = await thing.judge(choices, signal);
        if (judgement !== undefined) changes.push(judgement.change);
      }
      return changes;
    },
    async apply(choices, signal, made) {
      const changes: ProvisionChange[] = [];
      for (const thing of [folder, ...boards, ...rules()]) {
        const change = await settle(() => thing.judge(choices, signal), signal);
        if (change === undefined) continue;
        changes.push(change);
        made?.(change);
      }
      return changes;
    },
    async remove(signal, made) {
      const changes: ProvisionChange[] = [];
      // The folder last: it goes only when nothing is in it.
      for (const thing of [...rules(), ...boards, folder]) {
        const change = await settle(() => thing.judgeRemoval(signal), signal);
        if (change === undefined) continue;
        changes.push(change);
        made?.(change);
      }
      return changes;
    },
  };
}

function placeOf(client: GrafanaClient, options: GrafanaOptions): FindPlace {
  const { url, datasource, runbookUrl } = options;
  const links = {
    url: url.replace(/\/+$/, ''),
    ...(runbookUrl === undefined ? {} : { runbookUrl }),
  };
  let found: ReturnType<typeof findDataSource> | undefined;
  return async (signal) => {
    found ??= findDataSource(client, datasource, signal);
    return { ...(await found), ...links };
  };
}
