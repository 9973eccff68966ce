/**
 * What a `{{field}}` of people's own template may name. `named`: every run has it, in letters and digits; `free`: a run
 * may lack it, or it comes from outside and may be anything. How each is written is said by the values table of the
 * notifications.
 */
export const TEMPLATE_FIELDS = {
  deploymentId: 'named',
  environment: 'named',
  application: 'named',
  namespace: 'named',
  cluster: 'named',
  type: 'named',
  phase: 'named',
  outcome: 'free',
  step: 'named',
  weight: 'named',
  components: 'free',
  actor: 'free',
  reason: 'free',
  ciProvider: 'free',
  ciUrl: 'free',
  ciCommit: 'free',
  startedAt: 'named',
  finishedAt: 'free',
  durationSeconds: 'free',
  error: 'free',
  kind: 'named',
  at: 'named',
  message: 'free',
  link: 'free',
} as const satisfies Record<string, 'named' | 'free'>;

export type TemplateField = keyof typeof TEMPLATE_FIELDS;

export function isTemplateField(name: string): name is TemplateField {
  return Object.hasOwn(TEMPLATE_FIELDS, name);
}
