export { connect } from './fairlead.ts';
export type {
  AdmissionAnswer,
  Attempt,
  BusyPolicy,
  CanaryStep,
  CiRun,
  ClusterChange,
  CommandAnswer,
  ComponentRecord,
  DependencyDrift,
  DeploymentError,
  DeploymentEvent,
  DeploymentRecord,
  DeploymentType,
  EventType,
  FailurePlace,
  FailureType,
  ForeignSource,
  IssueKind,
  IssueState,
  IssueView,
  Outcome,
  Phase,
  Receipt,
  ReceiptState,
  RejectionType,
} from '@fairlead/contracts';
export type { ConnectOptions, Fairlead } from './fairlead.ts';
export { FairleadError } from './errors/fairlead-error.ts';
export type { ExitCode } from './errors/exit.ts';
export type { FairleadErrorType } from './errors/error-type.ts';
export type { ListedDeployment } from './deployments/list-deployments.ts';
export type { SendOptions, TellOptions } from './verbs/announce.ts';
export type {
  DeployOptions,
  ListOptions,
  PlaceOptions,
  RequestOptions,
  RollbackOptions,
  SteerOptions,
  WaitOptions,
} from './verbs/options.ts';
export type { RemediateOptions, RemediationEnd } from './verbs/remediate.ts';
export type { DeploymentEnd } from './verbs/run.ts';
