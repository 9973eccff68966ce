import type {
  AdmissionAnswer,
  CommandAnswer,
  CommandName,
  DeploymentRecord,
  EventType,
  IssueKind,
  Receipt,
} from '@fairlead/contracts';
import { detectCaller } from './asking/caller.ts';
import { connect as connectSession } from './connection/connect.ts';
import type { Session } from './connection/session.ts';
import { listDeployments } from './deployments/list-deployments.ts';
import type { ListedDeployment } from './deployments/list-deployments.ts';
import { readRecord } from './deployments/record.ts';
import { steerDeployment, stopDeployment } from './deployments/steering.ts';
import { foreseen } from './errors/foreseen.ts';
import { announce } from './verbs/announce.ts';
import type { SendOptions, TellOptions } from './verbs/announce.ts';
import type { Context } from './verbs/context.ts';
import { deploymentRequest, rollbackRequest } from './verbs/deploy.ts';
import type {
  DeployOptions,
  ListOptions,
  RollbackOptions,
  SteerOptions,
  WaitOptions,
} from './verbs/options.ts';
import { remediate } from './verbs/remediate.ts';
import type { RemediateOptions, RemediationEnd } from './verbs/remediate.ts';
import { admit, runToEnd } from './verbs/run.ts';
import type { DeploymentEnd } from './verbs/run.ts';
import { watch } from './verbs/watch.ts';

export interface ConnectOptions {
  /** Where Temporal's address, profile and key are looked up, and Fairlead's variables; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Configuration files for the calls that need one; default `FAIRLEAD_CONFIG`, or the one in the working directory. */
  readonly config?: readonly string[];
  /** Who asks; default `FAIRLEAD_ACTOR`, the pipeline's user, or the system's. */
  readonly actor?: string;
}

/** A connection to Fairlead. Every promise that fails does so with a `FairleadError`. */
export interface Fairlead {
  /** Deploys, and waits for the outcome. A deployment that does not succeed is no error. */
  deploy(options: DeployOptions & WaitOptions): Promise<DeploymentEnd>;
  /** Deploys without waiting for the outcome: durable once it is answered. */
  start(options: DeployOptions & WaitOptions): Promise<AdmissionAnswer>;
  /** Goes back to what ran before, as a deployment of its own, and waits for its outcome. */
  rollback(options: RollbackOptions & WaitOptions): Promise<DeploymentEnd>;
  /** The record of a deployment, with its receipts. */
  get(deploymentId: string): Promise<DeploymentRecord>;
  /** The latest deployments first. */
  list(options?: ListOptions): Promise<readonly ListedDeployment[]>;
  /** The record each time that it has changed; the last one has the outcome. */
  watch(deploymentId: string, options?: WaitOptions): AsyncIterable<DeploymentRecord>;
  promote(deploymentId: string, options?: SteerOptions): Promise<CommandAnswer>;
  pause(deploymentId: string, options?: SteerOptions): Promise<CommandAnswer>;
  resume(deploymentId: string, options?: SteerOptions): Promise<CommandAnswer>;
  /** Goes back; `withdrawn` where it still waited for its turn. */
  abort(deploymentId: string, options?: SteerOptions): Promise<CommandAnswer | 'withdrawn'>;
  readonly monitoring: {
    /** Has the worker's monitoring systems take an event of a deployment; answers with a receipt for each. */
    sendDeploymentEvent(
      type: EventType,
      record: DeploymentRecord,
      options?: TellOptions,
    ): Promise<readonly Receipt[]>;
  };
  readonly notifications: {
    /** Has the worker tell the people whom its routes name; `pending` goes on for a day. */
    send(
      type: EventType,
      record: DeploymentRecord,
      options?: SendOptions,
    ): Promise<readonly Receipt[]>;
  };
  readonly remediation: {
    /** Reports an issue, and waits until nothing more is tried. */
    remediate(issue: IssueKind, options: RemediateOptions): Promise<RemediationEnd>;
  };
  close(): Promise<void>;
}

/** Connects as Temporal's own tools do; needs no secret of any channel. */
export function connect(options: ConnectOptions = {}): Promise<Fairlead> {
  const { env = process.env } = options;
  return foreseen(async () => fairleadOf(await connectSession(env), options));
}

/** The verbs over a connection that is there. */
export function fairleadOf(session: Session, options: ConnectOptions = {}): Fairlead {
  const { env = process.env, config = [], actor } = options;
  const caller = { ...detectCaller(env), ...(actor === undefined ? {} : { actor }) };
  const context: Context = { session, env, config, caller };
  return {
    deploy: (asked) => foreseen(() => runToEnd(context, deploymentRequest(context, asked), asked)),
    start: (asked) => foreseen(() => admit(context, deploymentRequest(context, asked), asked)),
    rollback: (asked) => foreseen(() => runToEnd(context, rollbackRequest(context, asked), asked)),
    get: (id) => foreseen(() => readRecord(session, id, { thorough: true, vendors: 'now' })),
    list: ({ limit = LISTED, ...filter } = {}) =>
      foreseen(() => listDeployments(session, { ...filter, limit })),
    watch: (deploymentId, asked = {}) => watch(session, deploymentId, asked),
    promote: steering(context, 'promote'),
    pause: steering(context, 'pause'),
    resume: steering(context, 'resume'),
    abort: (deploymentId, asked = {}) =>
      foreseen(() => stopDeployment(session, { deploymentId, ...commandOf(context, asked) })),
    monitoring: {
      sendDeploymentEvent: (type, record, asked = {}) =>
        foreseen(() => announce(context, { to: 'monitoring', type, record, options: asked })),
    },
    notifications: {
      send: (type, record, asked = {}) =>
        foreseen(() => announce(context, { to: 'notifications', type, record, options: asked })),
    },
    remediation: {
      remediate: (issue, asked) => foreseen(() => remediate(context, issue, asked)),
    },
    close: () => foreseen(() => session.close()),
  };
}

/** Of a list, as the command line has it. */
const LISTED = 20;

function steering(context: Context, name: Exclude<CommandName, 'abort'>) {
  return (deploymentId: string, asked: SteerOptions = {}) =>
    foreseen(() =>
      steerDeployment(context.session, { name, deploymentId, ...commandOf(context, asked) }),
    );
}

function commandOf({ caller }: Context, { reason, full, requestId }: SteerOptions) {
  return {
    input: {
      actor: caller.actor,
      ...(reason === undefined ? {} : { reason }),
      ...(full === true ? { full } : {}),
    },
    ...(requestId === undefined ? {} : { updateId: requestId }),
  };
}
