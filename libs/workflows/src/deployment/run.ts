import { ActivityFailure, ApplicationFailure, isCancellation, log } from '@temporalio/workflow';
import type {
  CanaryState,
  ClusterSnapshot,
  ComponentPhase,
  ComponentSnapshot,
  DeploymentInput,
  DeploymentRecord,
  DependencyDrift,
  EventKind,
  ObservedComponent,
  Phase,
} from '@fairlead/contracts';
import {
  advance,
  applyCommand,
  eventTypeOf,
  expects,
  foreignState,
  initialState,
  isNotified,
  phaseUnderPause,
} from '@fairlead/domain';
import type { Command, CompensationStack, EmittedKind, Fact, RunState } from '@fairlead/domain';
import type { Outbox } from '../outbox/outbox.ts';
import { opening } from './opening.ts';
import { Causes } from './causes.ts';
import type { Cause } from './causes.ts';
import { ComponentLog } from './component-log.ts';
import { PhaseClock } from './phase-clock.ts';
import type { Progress } from './progress.ts';
import { reasonOf } from './reason-of.ts';
import { sourceOf } from '../foreign/source-of.ts';
import { showPhase } from './visibility.ts';

/** While these last, a second version serves. Its way back counts: it is not well until it is gone. */
const CANARY_PHASES: readonly Phase[] = [
  'canary',
  'analysing',
  'awaiting-approval',
  'promoting',
  'rolling-back',
];

/** One run's state, kept together: what the machine says, what the record shows, what must be undone. */
export class Run {
  readonly input: DeploymentInput;
  state: RunState;
  stack: CompensationStack;
  snapshot: readonly ComponentSnapshot[] = [];
  step = 0;
  weight = 0;
  waitingUntil: string | undefined;
  drift: readonly DependencyDrift[] = [];
  /** Last lines of a wrapped command. */
  output: readonly string[] = [];
  readonly causes = new Causes();
  /** Set when the forward road must stop: a command, doomed pods. */
  interrupt: () => void = () => undefined;

  private outbox: Outbox | undefined;
  private progress: Progress | undefined;
  private held: EmittedKind[] = [];
  private warnings: readonly string[] = [];
  private finishedAt: string | undefined;
  private readonly startedAt: string;
  private toldAt: string | undefined;
  private readonly events: DeploymentRecord['events'][number][] = [];
  private readonly components = new ComponentLog();
  private readonly clock: PhaseClock;

  constructor(input: DeploymentInput) {
    this.input = input;
    const { foreign, type } = input.plan;
    this.state =
      foreign === undefined
        ? initialState(input.kind, type)
        : foreignState(input.kind, foreign.undoable);
    this.startedAt = foreign?.begunAt ?? new Date().toISOString();
    this.clock = new PhaseClock(this.state.phase, Date.parse(this.startedAt));
    this.stack = input.leftovers;
  }

  /** Its first word was told. */
  get begun(): boolean {
    return this.state.phase !== 'planned' || this.ended;
  }

  get ended(): boolean {
    return this.state.outcome !== undefined;
  }

  get goingBack(): boolean {
    return this.state.phase === 'rolling-back' || this.state.aborted;
  }

  useOutbox(outbox: Outbox): void {
    this.outbox = outbox;
  }

  useProgress(progress: Progress): void {
    this.progress = progress;
    this.tellProgress();
  }

  /** Weight, health or phase has changed. */
  tellProgress(): void {
    this.progress?.tell(this.canary());
  }

  private canary(): CanaryState | undefined {
    const runs = !this.ended && CANARY_PHASES.includes(phaseUnderPause(this.state));
    if (this.input.plan.type !== 'canary' || !runs) return undefined;
    return { healthy: this.causes.error === undefined, weight: this.weight / 100 };
  }

  useSnapshot(snapshot: ClusterSnapshot): void {
    this.snapshot = snapshot.components;
    this.warnings = snapshot.warnings;
    for (const component of snapshot.components) {
      this.setComponents([component], component.images.length === 0 ? 'skipped' : 'waiting');
    }
  }

  setComponents(
    components: readonly Pick<ComponentSnapshot, 'name'>[],
    phase: ComponentPhase,
  ): void {
    for (const { name } of components) this.components.enter(name, phase, Date.now());
  }

  observe(observed: readonly ObservedComponent[]): void {
    for (const one of observed) this.components.observe(one);
  }

  /** Takes a fact to the state machine and tells what comes of it. */
  report(fact: Fact, message: string): void {
    if (!expects(this.state, fact)) {
      log.error('fact does not fit the phase', { fact, phase: this.state.phase });
      return;
    }
    const { state, kinds } = advance(this.state, fact);
    const opens = this.state.phase === 'planned';
    this.enter(state);
    for (const [index, kind] of kinds.entries()) {
      // A run that fails while it is planned says both words at once.
      this.emit(
        kind,
        opens && index === 0 && isNotified(kind.kind) ? opening(this.input) : message,
      );
    }
  }

  /** Why a command is refused now, or undefined when it fits. */
  refusal(command: Command): string | undefined {
    // The failure is known and the forward road is about to end by it: nothing may come before its own word.
    if (!this.ended && !this.goingBack && this.causes.error !== undefined) {
      return 'it has failed and is being taken back';
    }
    const result = applyCommand(this.state, command);
    return 'refused' in result ? result.refused : undefined;
  }

  /** Applies a command that fits. What an abort tells is held until everything that coincides with it is known. */
  command(command: Command, message: string): void {
    const result = applyCommand(this.state, command);
    if ('refused' in result) return;
    this.emit({ kind: 'command-accepted' }, message);
    this.enter(result.state);
    this.held.push(...result.kinds);
    if (command.name === 'abort') this.stop({ message });
  }

  /** A signal has no answer, so the timeline says why nothing came of it: once for each reason, however many come. */
  ignore(message: string): void {
    log.warn('command ignored', { why: message });
    const told = this.events.some(
      (event) => event.kind === 'command-ignored' && event.message === message,
    );
    if (!told && !this.ended) this.note('command-ignored', message);
  }

  because(cause: Cause): void {
    this.causes.add(cause, new Date().toISOString());
  }

  /** Ends the forward road; the first cause decides what it is, the others are told with it. */
  stop(cause: Cause): void {
    this.because(cause);
    this.tellProgress();
    this.interrupt();
  }

  /** A watch that fails for good has seen the target gone or edited; one that was cancelled has seen nothing. */
  watchFailed(error: unknown): void {
    if (isCancellation(error)) return;
    const message = reasonOf(error);
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    const type = cause instanceof ApplicationFailure ? (cause.type ?? 'defect') : 'defect';
    this.stop({ error: { type, message }, message });
  }

  async closeOutbox(waitMs: number): Promise<void> {
    await this.outbox?.close(waitMs);
  }

  /** Tells what an abort began, with all its causes. */
  tellHeld(message: string): void {
    const held = this.held;
    this.held = [];
    for (const kind of held) this.emit(kind, message);
  }

  emit({ kind, mark }: EmittedKind, message: string): void {
    const event = {
      id: this.eventId(kind),
      ...(isNotified(kind) ? { type: eventTypeOf(kind) } : {}),
      kind,
      at: this.now(),
      message,
      ...(mark === undefined ? {} : { mark }),
    };
    this.events.push(event);
    const { events: _e, deliveries: _d, left: _l, steps: _s, ...facts } = this.record();
    this.outbox?.append(event, facts);
  }

  /** Made of the kind and not of a count: an event that a later version adds must not change the others' keys. */
  private eventId(kind: EventKind): string {
    const before = this.events.filter((event) => event.kind === kind).length;
    return `${this.input.deploymentId}/${kind}${before === 0 ? '' : `.${before + 1}`}`;
  }

  note(kind: EventKind, message: string): void {
    this.emit({ kind }, message);
  }

  /** What is told now happened then: another tool's word may come late. */
  at(time: string | undefined, tell: () => void): void {
    this.toldAt = time;
    tell();
    this.toldAt = undefined;
  }

  private now(): string {
    return this.toldAt ?? new Date().toISOString();
  }

  private enter(state: RunState): void {
    const moved = state.phase !== this.state.phase || state.outcome !== this.state.outcome;
    this.state = state;
    if (state.outcome !== undefined) this.finishedAt = this.now();
    if (this.ended || state.phase === 'rolling-back') this.waitingUntil = undefined;
    if (!moved) return;
    this.clock.enter(this.ended ? undefined : state.phase, Date.now());
    showPhase(this);
    this.tellProgress();
  }

  record(): DeploymentRecord {
    const { deploymentId, plan, kind, actor, reason, ci } = this.input;
    const error = this.state.outcome === 'succeeded' ? undefined : this.causes.error;
    return {
      deploymentId,
      environment: plan.environment,
      application: plan.application,
      namespace: plan.namespace,
      cluster: plan.cluster,
      type: plan.type,
      ...sourceOf(plan),
      kind,
      phase: this.state.phase,
      ...(this.state.outcome === undefined ? {} : { outcome: this.state.outcome }),
      step: this.step,
      steps: plan.type === 'canary' ? plan.canary.steps : [],
      weight: this.weight,
      components: this.components.records(plan, this.snapshot),
      actor,
      ...(reason === undefined ? {} : { reason }),
      ...(ci === undefined ? {} : { ci }),
      startedAt: this.startedAt,
      ...this.finished(),
      phaseSeconds: this.clock.seconds(Date.now()),
      ...(this.waitingUntil === undefined ? {} : { waitingUntil: this.waitingUntil }),
      ...(error === undefined ? {} : { error }),
      ...(this.output.length === 0 ? {} : { output: this.output }),
      warnings: this.warnings,
      left: this.state.outcome === 'succeeded' ? [] : this.stack,
      drift: this.drift,
      events: this.events,
      deliveries: this.outbox?.receipts() ?? [],
    };
  }

  private finished(): Pick<DeploymentRecord, 'finishedAt' | 'durationSeconds'> {
    if (this.finishedAt === undefined) return {};
    const lastedMs = Date.parse(this.finishedAt) - Date.parse(this.startedAt);
    // Another tool's clocks may differ between its jobs.
    return lastedMs < 0
      ? { finishedAt: this.startedAt, durationSeconds: 0 }
      : { finishedAt: this.finishedAt, durationSeconds: lastedMs / 1000 };
  }
}
