type Step = () => unknown;
type Row = (...row: unknown[]) => unknown;

// Taken before a test puts fake ones in their place.
const { setTimeout, clearTimeout } = globalThis;

/** Ends with an error when `step` takes longer: what it waits for may go on. */
export function limited(step: Row, limitMs: number): Row {
  // Without parameters of its own: a test with one is given a callback to call.
  return async (...row) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`not done after ${limitMs / 1000} s`);
      timer = setTimeout(reject, limitMs, error);
    });
    try {
      return await Promise.race([step(...row), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** A hook, as `beforeAll`, that gives what it is told to do so much time. */
export function limitedHook(hook: (step: Step) => void, limitMs: number) {
  return (step: Step) => {
    hook(limited(step, limitMs));
  };
}

interface Define {
  (name: string, step: Row): void;
  each(...table: unknown[]): (name: string, step: Row) => void;
}

/** `it`, with so much time for each test. */
export function limitedTest<T extends Define>(define: T, limitMs: number): T {
  const within = (of: (name: string, step: Row) => void) => (name: string, step: Row) => {
    of(name, limited(step, limitMs));
  };
  return Object.assign(within(define) as T, define, {
    each: (...table: unknown[]) => within(define.each(...table)),
  });
}
