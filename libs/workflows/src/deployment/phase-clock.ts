import type { Phase } from '@fairlead/contracts';

/** Adds up how long a run has been in each phase. */
export class PhaseClock {
  private readonly spentMs = new Map<Phase, number>();
  private phase: Phase | undefined;
  private sinceMs: number;

  constructor(phase: Phase, nowMs: number) {
    this.phase = phase;
    this.sinceMs = nowMs;
  }

  /** Undefined: the run has ended, and no phase goes on. */
  enter(phase: Phase | undefined, nowMs: number): void {
    if (this.phase !== undefined) this.spentMs.set(this.phase, this.of(this.phase, nowMs));
    this.phase = phase;
    this.sinceMs = nowMs;
  }

  /** In seconds, of every phase that was entered. */
  seconds(nowMs: number): Partial<Record<Phase, number>> {
    const phases = new Set([...this.spentMs.keys(), ...(this.phase ? [this.phase] : [])]);
    return Object.fromEntries([...phases].map((phase) => [phase, this.of(phase, nowMs) / 1_000]));
  }

  private of(phase: Phase, nowMs: number): number {
    const before = this.spentMs.get(phase) ?? 0;
    // A clock that was set back takes nothing away.
    return before + (phase === this.phase ? Math.max(0, nowMs - this.sinceMs) : 0);
  }
}
