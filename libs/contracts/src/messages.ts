import { defineSignal, defineQuery, defineUpdate } from '@temporalio/workflow';
import type { DigestEntry, OpenDelivery } from './delivery.ts';
import type { ForeignCount, Told, ToldAnswer } from './foreign.ts';
import type { Progress } from './monitoring.ts';
import type { DeploymentRecord, Receipt } from './record.ts';
import type {
  IssueAnswer,
  IssueCommand,
  IssueReport,
  TurnAnswer,
  TurnRequest,
} from './remediation.ts';
import type { AdmissionAnswer, DeploymentRequest, LedgerView, RollbackRequest } from './target.ts';

/** Who says it and why; `full` on promote skips the remaining steps. */
export interface CommandInput {
  readonly actor?: string;
  readonly reason?: string;
  readonly full?: boolean;
}

/** What an accepted command answers. */
export type CommandAnswer = Pick<DeploymentRecord, 'deploymentId' | 'phase' | 'step' | 'weight'>;

export const promoteUpdate = defineUpdate<CommandAnswer, [CommandInput]>('promote');
export const abortUpdate = defineUpdate<CommandAnswer, [CommandInput]>('abort');
export const pauseUpdate = defineUpdate<CommandAnswer, [CommandInput]>('pause');
export const resumeUpdate = defineUpdate<CommandAnswer, [CommandInput]>('resume');

export const promoteSignal = defineSignal<[CommandInput?]>('promote');
export const abortSignal = defineSignal<[CommandInput?]>('abort');
export const pauseSignal = defineSignal<[CommandInput?]>('pause');
export const resumeSignal = defineSignal<[CommandInput?]>('resume');

/** What another tool's deployment has come to. */
export const tellUpdate = defineUpdate<ToldAnswer, [Told]>('tell');
/** To a target, from a deployment that another tool made beside its lock: counted once. */
export const countForeignSignal = defineSignal<[ForeignCount]>('countForeign');

export const recordQuery = defineQuery<DeploymentRecord>('record');
export const receiptsQuery = defineQuery<readonly Receipt[]>('receipts');

/** More deliveries for a `redelivery` that is on: behind those that it has. */
export const alsoDeliverSignal = defineSignal<[readonly OpenDelivery[]]>('alsoDeliver');
export const addToDigestSignal = defineSignal<[readonly DigestEntry[]]>('addToDigest');

/** From a deployment to its target, at most once a second. */
export const progressSignal = defineSignal<[Progress]>('progress');

export const requestDeploymentUpdate = defineUpdate<AdmissionAnswer, [DeploymentRequest]>(
  'requestDeployment',
);
export const requestRollbackUpdate = defineUpdate<AdmissionAnswer, [RollbackRequest]>(
  'requestRollback',
);
/** Takes a queued request back before it ran. */
export const withdrawUpdate = defineUpdate<
  { withdrawn: boolean },
  [{ deploymentId: string; actor: string; reason?: string }]
>('withdraw');
/** Ends the record of a target that is gone. */
export const forgetUpdate = defineUpdate<
  { forgotten: true },
  [{ readonly actor: string; readonly force?: boolean }]
>('forget');
/** Asks a target to look after what somebody saw. */
export const reportIssueUpdate = defineUpdate<IssueAnswer, [IssueReport]>('reportIssue');
export const approveIssueUpdate = defineUpdate<IssueAnswer, [IssueCommand]>('approveIssue');
/** Forgets an issue: what is seen of it again is a new one. */
export const dismissIssueUpdate = defineUpdate<{ dismissed: true }, [IssueCommand]>('dismissIssue');
export const approveIssueSignal = defineSignal<[IssueCommand]>('approveIssue');
export const dismissIssueSignal = defineSignal<[IssueCommand]>('dismissIssue');
/** A workload has been well for a while: what was given up of it is over. */
export const workloadWellSignal =
  defineSignal<[{ readonly namespace: string; readonly workload: string }]>('workloadWell');
export const takeTurnUpdate = defineUpdate<TurnAnswer, [TurnRequest]>('takeTurn');
export const endTurnSignal = defineSignal<[turn: string, hasActed?: boolean]>('endTurn');
export const ledgerQuery = defineQuery<LedgerView>('ledger');
