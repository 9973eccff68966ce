import { AdapterError } from '@fairlead/contracts';
import type { PostableAlert } from './wire.ts';

/** https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels, as every version takes it. */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** @throws AdapterError `vendor-rejected` for what Alertmanager would refuse or alter; nothing is sent then */
export function assertPostable(alert: PostableAlert): void {
  const problem = problemOf(alert);
  if (problem === undefined) return;
  throw new AdapterError('vendor-rejected', `alertmanager: ${problem}; nothing was sent`);
}

function problemOf({
  labels,
  annotations,
  startsAt,
  endsAt,
  generatorURL,
}: PostableAlert): string | undefined {
  const name = [...Object.keys(labels), ...Object.keys(annotations)].find(
    (key) => !LABEL_NAME.test(key),
  );
  if (name !== undefined) return `${name} is no name of a label`;
  if (!labels['alertname']) return 'the alert has no name';
  // It drops an empty label, and the alert is another one.
  const empty = Object.keys(labels).find((key) => labels[key] === '');
  if (empty !== undefined) return `the label ${empty} is empty`;
  if (!(Date.parse(startsAt) <= Date.parse(endsAt))) {
    return `the alert would end (${endsAt}) before it starts (${startsAt})`;
  }
  if (generatorURL !== undefined && !URL.canParse(generatorURL)) return 'generatorURL is no URL';
  return undefined;
}
