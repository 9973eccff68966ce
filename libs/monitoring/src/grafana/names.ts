/** By these everything of ours is found again: fixed for ever. */
export const FOLDER = { uid: 'fairlead', title: 'Fairlead' } as const;

/** One group: its rules are asked one after another, each minute unless somebody changed that. */
export const RULE_GROUP = 'fairlead';

/** On every rule; the list of alerts in a dashboard shows what carries it. */
export const MANAGED_BY = { label: 'managed_by', value: 'fairlead' } as const;

/** On every dashboard; its second form ends with what was written. */
export const DASHBOARD_TAG = 'fairlead';

/** Of annotations. `deployment` is what dashboards ask for. */
export const TAG = { deployment: 'deployment', test: 'fairlead-test' } as const;

export function ruleUid(alertId: string): string {
  return `fairlead-${alertId}`;
}
