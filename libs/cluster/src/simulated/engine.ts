import { reconcile } from './controller.ts';
import { nextTransition } from './fate.ts';
import { createStateStore } from './state.ts';
import type { SimulatedReplicaSet, SimulatedState } from './state.ts';

export interface EngineOptions {
  readonly stateFile?: string | undefined;
  /** Until a healthy pod is ready, or a failing one fails. */
  readonly readyAfterMs: number;
  readonly now: () => number;
}

/** Holds the state, moves the pods on, and tells who watches. */
export interface Engine {
  readonly state: SimulatedState;
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
          alive.add(pod.uid);
          if (!timers.has(pod.uid)) scheduleNext(replicaSet, pod.uid);
        }
      }
    }
    for (const [uid, timer] of timers) {
      if (alive.has(uid)) continue;
      clearTimeout(timer);
      timers.delete(uid);
    }
  }

  function scheduleNext(set: SimulatedReplicaSet, uid: string): void {
    const pod = set.pods.find((one) => one.uid === uid);
    if (pod === undefined) return;
    const next = nextTransition(pod.fate, pod.state, { readyAfterMs, template: set.template });
    if (next === undefined) return;
    const timer = setTimeout(
      () => {
        timers.delete(uid);
        commit(() => {
          const changed = { ...pod, state: next.to, changedAtMs: now() };
          set.pods = set.pods.map((one) => (one.uid === uid ? changed : one));
        });
      },
      Math.max(0, pod.changedAtMs + next.afterMs - now()),
    );
    // A cluster that nobody watches keeps no process alive.
    timer.unref();
    timers.set(uid, timer);
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
