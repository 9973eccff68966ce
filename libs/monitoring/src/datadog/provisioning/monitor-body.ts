import type { Alert } from '../../alerts/alert.ts';
import type { MonitorBody } from '../client.ts';
import type { DatadogOptions } from '../options.ts';
import { MANAGED_BY } from '../tags.ts';
import { markerText } from './marker.ts';
import type { Marker } from './marker.ts';

/** Minutes after which a critical one that still stands is told again. */
const RENOTIFY_MINUTES = 60;

/** What people's own configuration adds to a monitor. */
export type MonitorOptions = Pick<DatadogOptions, 'notify' | 'runbookUrl'>;

/** Without a marker it is what people see of it, and what files hold. */
export function toMonitor(alert: Alert, options: MonitorOptions, marker?: Marker): MonitorBody {
  const { id, title, severity, datadog } = alert;
  return {
    name: title,
    type: 'query alert',
    query: datadog.query,
    message: messageOf(alert, options, marker),
    tags: [MANAGED_BY, alertTag(id), `severity:${severity}`],
    priority: datadog.priority,
    options: {
      thresholds: { critical: datadog.threshold },
      // In place of notify_no_data, which it excludes (DataDog/terraform-provider-datadog): no deployment, no trouble.
      onMissingData: 'resolve',
      // A series has few points: it is there only around a deployment.
      requireFullWindow: false,
      includeTags: true,
      ...(severity === 'critical' ? { renotifyInterval: RENOTIFY_MINUTES } : {}),
    },
  };
}

function alertTag(id: string): string {
  return `alert:${id}`;
}

function messageOf(
  { summary, description, runbook }: Alert,
  { notify = [], runbookUrl = 'docs/runbook.md' }: MonitorOptions,
  marker: Marker | undefined,
): string {
  const lines = [
    '{{#is_alert}}',
    toVariables(summary),
    '',
    toVariables(description),
    '',
    `Runbook: ${runbookUrl}#${runbook}`,
    '{{/is_alert}}',
    '{{#is_recovery}}',
    `Over: ${toVariables(summary)}`,
    '{{/is_recovery}}',
    // Outside of both, so that who is told of it is told of its end.
    ...(notify.length === 0 ? [] : [notify.join(' ')]),
  ];
  // A comment: https://docs.datadoghq.com/monitors/notify/variables/#comments, seen only by who edits the monitor.
  return [...lines, ...(marker === undefined ? [] : [`{{!-- ${markerText(marker)} --}}`])].join(
    '\n',
  );
}

/** `{{environment}}` names a tag; Datadog writes its value as `{{environment.name}}`. */
function toVariables(text: string): string {
  return text.replace(/\{\{\s*([a-z_]+)\s*\}\}/g, (variable, name: string) =>
    name === 'value' ? variable : `{{${name}.name}}`,
  );
}
