/** Which of both is asked for first; or a deployment while an action is on. */
const WAYS = ['deployment first', 'report first', 'while an action is on'] as const;

export interface Interleaving {
  readonly way: (typeof WAYS)[number];
  /** How long the second one waits. */
  readonly afterMs: number;
  /** How long an action is held back right before its write. */
  readonly heldMs: number;
}

/** As long as a deployment lasts, or two actions. */
const SPREAD_MS = 3_000;
/** A deployment that did not wait for an action is at work then. */
const HELD_MS = 1_000;

/** Every way as often; of one seed always the same ones. */
export function interleavings(count: number, seed: number): readonly Interleaving[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const way = WAYS[index % WAYS.length] ?? 'report first';
    const heldMs = (HELD_MS * (1 + random())) / 2;
    const spreadMs = way === 'while an action is on' ? heldMs : SPREAD_MS;
    return { way, heldMs, afterMs: random() * spreadMs };
  });
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the figures of Numerical Recipes: 0 to below 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
