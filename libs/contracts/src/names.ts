/** Temporal's names are wire format: literal and stable. Renaming one takes a decision record. */

export const WORKFLOW_TYPES = {
  target: 'target',
  deployment: 'deployment',
  redelivery: 'redelivery',
  announcement: 'announcement',
  digest: 'digest',
  confirmation: 'confirmation',
  provisioning: 'provisioning',
  remediation: 'remediation',
  blastRadius: 'blastRadius',
  doctor: 'doctor',
} as const;

/** What may be a request ID. It becomes the deployment ID, and so a Kubernetes label and part of a workflow ID. */
export const REQUEST_ID = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export function targetWorkflowId(environment: string, application: string): string {
  return `target/${environment}/${application}`;
}

export function deploymentWorkflowId(deploymentId: string): string {
  return `deployment/${deploymentId}`;
}

export function redeliveryWorkflowId(deploymentId: string): string {
  return `redelivery/${deploymentId}`;
}

/** One attempt at one issue; `number` counts those of the target. */
export function remediationWorkflowId(
  environment: string,
  application: string,
  number: number,
): string {
  return `remediation/${environment}/${application}/${number}`;
}

/** Counts who acts in an environment. */
export function blastRadiusWorkflowId(environment: string): string {
  return `blast-radius/${environment}`;
}

/** A delivery that is never repeated goes its own way from the start: no deployment's end may cut it off. */
export function lonelyDeliveryWorkflowId(key: string): string {
  return `redelivery/${key}`;
}

/** What a program had told; by its request ID, so that a repeat tells nothing twice. */
export function announcementWorkflowId(requestId: string): string {
  return `announcement/${requestId}`;
}

/** Of type `redelivery` too: a test message goes the way of real ones. */
export function notifyTestWorkflowId(testId: string): string {
  return `notify-test/${testId}`;
}

export function digestWorkflowId(destination: string): string {
  return `digest/${destination}`;
}

/** One for each message that was accepted by who says later what became of it. */
export function confirmationWorkflowId(key: string): string {
  return `confirmation/${key}`;
}

/** One for each system, so that two never provision it at once. */
export function provisioningWorkflowId(system: string): string {
  return `provisioning/${system}`;
}

/** Workflows, settings, and the keyed road. */
export const CONTROL_QUEUE = 'fairlead-control';

export function clusterQueue(cluster: string): string {
  return `cluster-${cluster}`;
}

/** The paced road has a queue for each channel, because a task queue has one rate. */
export function deliveryQueue(destination: string): string {
  return `deliver-${destination}`;
}

/** Field manager of every write and value of `app.kubernetes.io/managed-by`. */
export const FIELD_MANAGER = 'fairlead';

/** All are of Temporal's type Keyword. */
export const SEARCH_ATTRIBUTES = {
  environment: 'DeployEnvironment',
  application: 'DeployApplication',
  phase: 'DeployPhase',
  outcome: 'DeployOutcome',
  type: 'DeployType',
  source: 'DeploySource',
  actor: 'DeployActor',
} as const;
