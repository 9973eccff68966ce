import type { AlertRule } from '../render/alert-rule.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { canonical, isObject, listOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** Grafana leaves annotations in such underscores out of what it sends to people. */
const MARK = '__fairlead__';

/**
 * What a rule says, without what Grafana adds to it (intervals, hidden defaults, its own numbers) and without what
 * people choose: whom it tells, where it lives. Two rules are the same when this is.
 */
export function essenceOf(rule: JsonObject): Readonly<Record<string, unknown>> {
  return {
    title: rule.title,
    condition: rule.condition,
    queries: listOf(rule.data).map(queryOf),
    'no data': rule.noDataState,
    errors: rule.execErrState,
    for: durationOf(rule.for),
    'keep firing': durationOf(rule.keep_firing_for),
    paused: rule.isPaused === true,
    labels: rule.labels ?? {},
    annotations: Object.fromEntries(
      Object.entries(isObject(rule.annotations) ? rule.annotations : {}).filter(
        ([name]) => name !== MARK,
      ),
    ),
  };
}

/** Names of the parts in which they differ. */
export function changedParts(found: JsonObject, wanted: AlertRule): readonly string[] {
  const there = essenceOf(found);
  const ours = essenceOf({ ...wanted });
  return Object.keys(ours).filter((part) => canonical(there[part]) !== canonical(ours[part]));
}

/** With the fingerprint of itself: whoever changes the rule leaves the old one. */
export function marked(rule: AlertRule): AlertRule {
  const fingerprint = fingerprintOf(essenceOf({ ...rule }));
  return { ...rule, annotations: { ...rule.annotations, [MARK]: fingerprint } };
}

export function markOf(rule: JsonObject): string | undefined {
  return isObject(rule.annotations) ? textOf(rule.annotations[MARK]) : undefined;
}

function queryOf({ refId, datasourceUid, model }: JsonObject): unknown {
  const { expr, expression, type, reducer, instant, conditions } = isObject(model) ? model : {};
  const evaluators = listOf(conditions).map(({ evaluator }) => evaluator);
  return { refId, datasourceUid, expr, expression, type, reducer, instant, evaluators };
}

/** Absent and `0s` say the same. */
function durationOf(value: unknown): string {
  return textOf(value) ?? '0s';
}
