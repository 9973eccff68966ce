export { planPromotion, planRolling, planShift } from './change-planner.ts';
export { applyCommand } from './commands.ts';
export type { Command } from './commands.ts';
export { dropComponents, openComponents, planUndo, pushCompensations } from './compensation.ts';
export type { CompensationStack } from './compensation.ts';
export { eventTypeOf, isNotified } from './event-kind.ts';
export { commandWords } from './foreign/command-words.ts';
export { readPlainEvent, toldOf } from './foreign/plain-event.ts';
export { factsOfTold, meansWayBack, toldProblem, toldRefusal } from './foreign/told.ts';
export { advance, expects, FACTS } from './facts.ts';
export type { Fact } from './facts.ts';
export {
  admit,
  emptyLedger,
  nextQueued,
  rollbackTarget,
  viewOf,
  withAnswer,
  withForeignResult,
  withoutQueued,
  withQueued,
  withResult,
  withRunning,
} from './ledger.ts';
export type { Admission, Admitted, Ledger, Place } from './ledger.ts';
export {
  isLate,
  owingAll,
  targetStateOf,
  withLate,
  withOwed,
  withoutSystem,
  withProgress,
  withSystems,
  withPublished,
} from './publication.ts';
export type { Publication } from './publication.ts';
export { routedCanaryReplicas, splitReplicas } from './replica-split.ts';
export {
  foreignState,
  initialState,
  phaseUnderPause,
  withChange,
  withPromoteTaken,
} from './run-state.ts';
export type { EmittedKind, RefusedTransition, RunState, Transition } from './run-state.ts';
export { admitReport } from './remediation/admission.ts';
export type { IssueAdmission } from './remediation/admission.ts';
export {
  findIssue,
  issueKey,
  issueViews,
  NO_ISSUES,
  viewOfIssue,
} from './remediation/issue-ledger.ts';
export type { IssueLedger } from './remediation/issue-ledger.ts';
export {
  dueAtMs,
  leftToDeployment,
  nextDue,
  withActing,
  withApproval,
  withAttempt,
  withGivenUp,
  withHealed,
  withNote,
  withoutIssue,
  withReport,
  withWell,
} from './remediation/issues.ts';
export { nextAction } from './remediation/ladder.ts';
export { isSystemNamespace } from './remediation/system-namespace.ts';
export { endTurn, NO_TURNS, recent, takeTurn } from './remediation/turns.ts';
export type { Turns } from './remediation/turns.ts';
export { timingsOf } from './timings.ts';
export { countDeployment, NO_TOTALS } from './totals.ts';
export { planProblem } from './plan-problem.ts';
export { orderWaves } from './waves.ts';
export type { Ordered, WaveOrder } from './waves.ts';
export { summarise } from './digest/summarise.ts';
