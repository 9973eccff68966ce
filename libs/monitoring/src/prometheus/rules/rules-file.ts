import { stringify } from 'yaml';
import { ALERTS } from '../../alerts/alerts.ts';
import type { Alert } from '../../alerts/alert.ts';
import { linksOf } from '../../alerts/links.ts';
import type { AlertLinks } from '../../alerts/links.ts';

export interface RulesOptions extends AlertLinks {
  /** Whether Alertmanager owns the page: critical alerts carry `page="true"`, and its routes wake people by it. */
  readonly page: boolean;
}

const GROUP = 'fairlead';

/** The four alerts as Prometheus 2.42 or later loads them. */
export function rulesFile(options: RulesOptions): string {
  const groups = [{ name: GROUP, rules: ALERTS.map((alert) => ruleOf(alert, options)) }];
  return `# Written by \`fairlead monitoring export --system prometheus\`.\n${stringify({ groups }, { lineWidth: 0 })}`;
}

function ruleOf(alert: Alert, { page, ...links }: RulesOptions): object {
  const { title, severity, summary, description, runbook, prometheus } = alert;
  return {
    alert: title,
    expr: prometheus.expression,
    ...(prometheus.keepFiringFor === undefined
      ? {}
      : { keep_firing_for: prometheus.keepFiringFor }),
    labels: {
      severity,
      managed_by: 'fairlead',
      ...(page && severity === 'critical' ? { page: 'true' } : {}),
    },
    annotations: {
      summary: withLabels(summary),
      description: withLabels(description),
      ...linksOf(runbook, links),
    },
  };
}

/** `{{environment}}` in Prometheus' own form. */
function withLabels(text: string): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, '{{ $labels.$1 }}');
}
