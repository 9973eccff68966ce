import { stringify } from 'yaml';
import type { JsonObject } from './json.ts';
import { FOLDER, RULE_GROUP } from './names.ts';
import type { AlertRule } from './render/alert-rule.ts';

/** Where Grafana's image looks for them: https://grafana.com/docs/grafana/latest/administration/provisioning/ */
const MOUNT = '/etc/grafana/provisioning';
/** Of Grafana's scheduler, and of Prometheus. */
const EVERY = '1m';
/** Seconds between two looks at the files. */
const LOOK_S = 30;

/**
 * The folder `provisioning/` of a Grafana that reads files, by name. Data sources are not ours.
 *
 * In them Grafana takes `$NAME` and `${NAME}` for environment variables, and `$$` for a dollar, but not everywhere
 * (`pkg/services/provisioning/alerting/rules_types.go`): titles, labels, folders and UIDs are expanded; a query's
 * `model` is taken raw, and so are annotations, whose `{{ $labels.x }}` must stay. From 13 on annotations have `${NAME}`
 * expanded too, which ours never hold. Dashboards' own JSON is not expanded at all.
 */
export function provisioningFiles(
  dashboards: Readonly<Record<string, JsonObject>>,
  rules: readonly AlertRule[],
): Readonly<Record<string, string>> {
  return {
    'provisioning/dashboards/fairlead.yaml': stringify(provider()),
    ...Object.fromEntries(
      Object.entries(dashboards).map(([file, json]) => [
        `provisioning/dashboards/fairlead/${file}`,
        `${JSON.stringify(json, undefined, 2)}\n`,
      ]),
    ),
    'provisioning/alerting/fairlead.yaml': stringify(ruleFile(rules), { lineWidth: 0 }),
  };
}

/**
 * No folder UID: Grafana reads alerting before or after dashboards, by version, and finds a rule's folder by title
 * only; so both go by the title, and whichever comes first makes the folder.
 */
function provider(): object {
  return {
    apiVersion: 1,
    providers: [
      {
        name: 'fairlead',
        orgId: 1,
        folder: expanded(FOLDER.title),
        type: 'file',
        disableDeletion: false,
        allowUiUpdates: false,
        updateIntervalSeconds: LOOK_S,
        options: { path: `${MOUNT}/dashboards/fairlead` },
      },
    ],
  };
}

function ruleFile(rules: readonly AlertRule[]): object {
  return {
    apiVersion: 1,
    groups: [
      {
        orgId: 1,
        name: expanded(RULE_GROUP),
        folder: expanded(FOLDER.title),
        interval: EVERY,
        rules: rules.map(toFileRule),
      },
    ],
  };
}

/** The file's names differ from the API's here and there. */
export function toFileRule(rule: AlertRule): object {
  return {
    uid: expanded(rule.uid),
    title: expanded(rule.title),
    condition: rule.condition,
    data: rule.data.map((query) => ({ ...query, datasourceUid: expanded(query.datasourceUid) })),
    noDataState: rule.noDataState,
    execErrState: rule.execErrState,
    for: rule.for,
    keepFiringFor: rule.keep_firing_for,
    annotations: rule.annotations,
    labels: Object.fromEntries(
      Object.entries(rule.labels).map(([name, value]) => [name, expanded(value)]),
    ),
    isPaused: rule.isPaused,
  };
}

/** For a place where Grafana expands variables. */
function expanded(text: string): string {
  return text.replaceAll('$', '$$$$');
}
