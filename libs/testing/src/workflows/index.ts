export {
  bundleWorkflows,
  planOf,
  reportIssue,
  requestDeployment,
  requestOf,
  startWorkflowHarness,
} from './harness.ts';
export type { Activities, WorkflowHarness } from './harness.ts';
export { createRecordingDeliveries } from './recording-deliveries.ts';
export type { RecordingDeliveries } from './recording-deliveries.ts';
export { createRecordingStates } from './recording-states.ts';
export { createScriptedCluster, READY_SECONDS } from './scripted-cluster.ts';
export type { Script, ScriptedCluster } from './scripted-cluster.ts';
export { createScriptedRemediation, remediationPolicyOf } from './scripted-remediation.ts';
export type { ScriptedRemediation } from './scripted-remediation.ts';
export { startSkippingHarness } from './skipping-harness.ts';
export type { SkippingHarness } from './skipping-harness.ts';
export { APPROVAL, createTargetStage } from './target-stage.ts';
