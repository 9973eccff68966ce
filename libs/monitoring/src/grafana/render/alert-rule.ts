import type { Alert } from '../../alerts/alert.ts';
import { linksOf } from '../../alerts/links.ts';
import { FOLDER, MANAGED_BY, RULE_GROUP, ruleUid } from '../names.ts';

/** Seconds of data that Grafana may ask for; an instant query looks at its end only. */
const WINDOW_S = 600;
/** Grafana's name for what it calculates itself. */
const EXPRESSION = '__expr__';

/** `ProvisionedAlertRule` of Grafana's API, as far as it is ours. */
export interface AlertRule {
  readonly uid: string;
  readonly title: string;
  readonly folderUID: string;
  readonly ruleGroup: string;
  readonly orgID: number;
  readonly condition: string;
  readonly data: readonly RuleQuery[];
  readonly noDataState: 'OK';
  readonly execErrState: 'Error';
  readonly for: string;
  readonly keep_firing_for: string;
  readonly isPaused: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface RuleQuery {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly relativeTimeRange: { readonly from: number; readonly to: number };
  readonly model: Readonly<Record<string, unknown>>;
}

/** Where a rule lives and what it asks. */
export interface RulePlace {
  readonly datasource: string;
  readonly orgId: number;
  /** Of this Grafana, for a link to the dashboard; absent in files. */
  readonly url?: string;
  /** Of the runbook; absent: no link to it. */
  readonly runbookUrl?: string;
}

/**
 * Written by hand: the library's rule builder gives `relativeTimeRange` as a number, which the API refuses.
 * The expression's own value may be 0 or below while the alert stands, so what is compared is that it has a series.
 */
export function toAlertRule(
  alert: Alert,
  { datasource, orgId, url, runbookUrl }: RulePlace,
): AlertRule {
  const { expression, keepFiringFor } = alert.prometheus;
  const query = `count by (${alert.labels.join(', ')}) (${expression})`;
  return {
    uid: ruleUid(alert.id),
    title: alert.title,
    folderUID: FOLDER.uid,
    ruleGroup: RULE_GROUP,
    orgID: orgId,
    condition: 'C',
    data: [
      {
        refId: 'A',
        datasourceUid: datasource,
        relativeTimeRange: { from: WINDOW_S, to: 0 },
        model: {
          refId: 'A',
          datasource: { type: 'prometheus', uid: datasource },
          editorMode: 'code',
          expr: query,
          instant: true,
          range: false,
        },
      },
      calculated('B', { type: 'reduce', expression: 'A', reducer: 'last' }),
      calculated('C', {
        type: 'threshold',
        expression: 'B',
        conditions: [{ evaluator: { type: 'gt', params: [0] } }],
      }),
    ],
    // No series is the good news here.
    noDataState: 'OK',
    execErrState: 'Error',
    for: '0s',
    keep_firing_for: keepFiringFor ?? '0s',
    isPaused: false,
    labels: { severity: alert.severity, [MANAGED_BY.label]: MANAGED_BY.value },
    annotations: {
      summary: toTemplate(alert.summary),
      description: toTemplate(alert.description),
      ...linksOf(alert.runbook, { runbookUrl, grafanaUrl: url }),
    },
  };
}

function calculated(refId: string, model: Readonly<Record<string, unknown>>): RuleQuery {
  return {
    refId,
    datasourceUid: EXPRESSION,
    relativeTimeRange: { from: 0, to: 0 },
    model: { refId, datasource: { type: EXPRESSION, uid: EXPRESSION }, ...model },
  };
}

/** `{{environment}}` of the model, in Go's template language. */
function toTemplate(text: string): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, '{{ $labels.$1 }}');
}
