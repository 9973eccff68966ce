export {
  BUSY_POLICIES,
  COMMANDS,
  DEPLOYMENT_TYPES,
  EVENT_TYPES,
  FAILURE_PLACES,
  NOTIFIED_KINDS,
  OUTCOMES,
  PHASES,
  RECEIPT_STATES,
  TIMELINE_KINDS,
} from './vocabulary.ts';
export type {
  BusyPolicy,
  CommandName,
  DeploymentType,
  EventKind,
  EventType,
  FailurePlace,
  NotifiedKind,
  Outcome,
  Phase,
  ReceiptState,
  TimelineKind,
} from './vocabulary.ts';
export type {
  CanaryPlan,
  CanaryStep,
  DeploymentPlan,
  Features,
  PlannedComponent,
  TrafficPlan,
} from './plan.ts';
export { DOOM_REASONS, REFUSAL_TYPES } from './cluster.ts';
export type {
  ApplyRequest,
  ApplyResult,
  Autoscaler,
  ClusterActivities,
  ClusterChange,
  ClusterSnapshot,
  ComponentSnapshot,
  DependencyDrift,
  Doom,
  DoomReason,
  ImageChange,
  ObservedComponent,
  Refusal,
  RefusalType,
  Side,
  SnapshotRequest,
  TemplateDependency,
  TrafficSnapshot,
  WatchRequest,
} from './cluster.ts';
export { AdapterError, FAILURES, REJECTIONS } from './failures.ts';
export type { FailureType, RejectionType } from './failures.ts';
export type {
  CiRun,
  ComponentPhase,
  ComponentRecord,
  DeploymentError,
  DeploymentEvent,
  DeploymentRecord,
  Receipt,
} from './record.ts';
export { DURATION_BUCKETS_SECONDS } from './target.ts';
export type {
  AdmissionAnswer,
  CountedOutcome,
  DeploymentInput,
  DeploymentRequest,
  DeploymentResult,
  GoodComponent,
  GoodRun,
  Halt,
  LedgerView,
  OutcomeTotal,
  RollbackRequest,
  RollbackTotal,
  RunningDeployment,
  TargetInput,
  Totals,
} from './target.ts';
export type {
  Delivery,
  DeliveryActivities,
  DeliveryResult,
  MessageFacts,
  RedeliveryInput,
  Road,
  Route,
  SettingsActivities,
  SettingsSnapshot,
} from './delivery.ts';
export type { LookupActivities } from './lookup.ts';
export {
  CONTROL_QUEUE,
  FIELD_MANAGER,
  SEARCH_ATTRIBUTES,
  WORKFLOW_TYPES,
  clusterQueue,
  deliveryQueue,
  deploymentWorkflowId,
  redeliveryWorkflowId,
  REQUEST_ID,
  targetWorkflowId,
} from './names.ts';
export type { CommandAnswer, CommandInput } from './messages.ts';
