export { connect } from './fairlead.ts';
export type {
  AdmissionAnswer,
  CommandAnswer,
  DeploymentRecord,
  EventType,
  IssueKind,
  IssueView,
  Receipt,
} from '@fairlead/contracts';
export type { ConnectOptions, Fairlead } from './fairlead.ts';
export { FairleadError } from './errors/fairlead-error.ts';
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
