import type { PodView } from '../objects.ts';
import type { RestartsWhenReady } from './pod-trouble.ts';

/** Which pods of a watch were seen ready, and with how many restarts. */
export interface ReadinessMemory {
  see(pods: readonly PodView[]): void;
  restartsWhenReady(uid: string): RestartsWhenReady | undefined;
}

export function createReadinessMemory(): ReadinessMemory {
  const ready = new Map<string, RestartsWhenReady>();
  return {
    see(pods) {
      for (const pod of pods) {
        if (pod.ready) {
          ready.set(pod.uid, Object.fromEntries(pod.containers.map((c) => [c.name, c.restarts])));
        }
      }
    },
    restartsWhenReady: (uid) => ready.get(uid),
  };
}
