import { reconcile } from './controller.ts';
import { nextTransition } from './fate.ts';
import { createStateStore } from './state.ts';
import type { SimulatedPod, SimulatedReplicaSet, SimulatedState } from './state.ts';

export interface EngineOptions {
  readonly stateFile?: string | undefined;
  /** Until a healthy pod is ready, or a failing one fails. */
  readonly readyAfterMs: number;
  readonly now: () => number;
}

/** Holds the state, moves the pods on, and tells who watches. */
export interface Engine {
  readonly state: SimulatedState;
  readonly now: () => number;
  readonly nextId: () => number;
  /** Changes the state, lets the controller run, keeps the result, tells the watchers. */
  readonly commit: <T>(change: () => T) => T;
  readonly onChange: (listener: () => void) => () => void;
  /** Nothing moves any more. */
  readonly close: () => void;
}

export function createEngine({ stateFile, readyAfterMs, now }: EngineOptions): Engine {
  const store = createStateStore(stateFile);
  const state = store.load();
  const listeners = new Set<() => void>();
  const timers = new Map<string, NodeJS.Timeout>();
  let toldSoon = false;

  function nextId(): number {
    state.counter += 1;
    return state.counter;
  }

  function tellSoon(): void {
    if (toldSoon) return;
    toldSoon = true;
    setImmediate(() => {
      toldSoon = false;
      for (const listener of listeners) listener();
    });
  }

  function commit<T>(change: () => T): T {
    const result = change();
    for (const workload of Object.values(state.workloads)) {
      reconcile(workload, { nowMs: now(), nextId });
    }
    store.save(state);
    schedule();
    tellSoon();
    return result;
  }

  function schedule(): void {
    const alive = new Set<string>();
    for (const workload of Object.values(state.workloads)) {
      for (const replicaSet of workload.replicaSets) {
        for (const pod of replicaSet.pods) {
          const key = timerKey(pod);
          alive.add(key);
          if (!timers.has(key)) scheduleNext(replicaSet, pod);
        }
      }
    }
    for (const [key, timer] of timers) {
      if (alive.has(key)) continue;
      clearTimeout(timer);
      timers.delete(key);
    }
  }

  function scheduleNext(set: SimulatedReplicaSet, pod: SimulatedPod): void {
    const next = nextTransition(pod.fate, pod.state, { readyAfterMs, template: set.template });
    if (next === undefined) return;
    const timer = setTimeout(
      () => {
        timers.delete(timerKey(pod));
        commit(() => {
          const changed = { state: next.to, changedAtMs: now() };
          set.pods = set.pods.map((one) => (one.uid === pod.uid ? { ...one, ...changed } : one));
        });
      },
      Math.max(0, pod.changedAtMs + next.afterMs - now()),
    );
    // A cluster that nobody watches keeps no process alive.
    timer.unref();
    timers.set(timerKey(pod), timer);
  }

  schedule();
  function close(): void {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    listeners.clear();
  }

  return {
    close,
    state,
    now,
    nextId,
    commit,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** A pod that changed on its own has another future than the one that its timer was set for. */
function timerKey({ uid, fate, state, changedAtMs }: SimulatedPod): string {
  return [uid, fate, state, changedAtMs].join(' ');
}
