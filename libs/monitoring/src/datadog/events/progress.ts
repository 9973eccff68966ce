/** Deliveries that are remembered: far more than are under way at once. */
const LIMIT = 1_000;

/** What of a delivery has left already: of what Datadog adds up, a retry sends only the rest. */
export interface Progress {
  /** Does it unless it was done; a failure leaves it to be done. */
  once(key: string, part: string, work: () => Promise<void>): Promise<void>;
}

/** In this process only: a retry elsewhere repeats, and what can be repeated without harm is sent first. */
export function createProgress(): Progress {
  const done = new Map<string, Set<string>>();

  return {
    async once(key, part, work) {
      if (done.get(key)?.has(part)) return;
      await work();
      const parts = done.get(key) ?? new Set();
      // Renewed, so that the oldest is the one to be forgotten.
      done.delete(key);
      done.set(key, parts.add(part));
      const [oldest] = done.keys();
      if (done.size > LIMIT && oldest !== undefined) done.delete(oldest);
    },
  };
}
