const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity ("250m", "1Gi", "2e3") as a number; 0 for what is none. */
export function parseQuantity(text: unknown): number {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?\d+)?)([numkMGTPE]?i?)$/.exec(String(text));
  return match === null ? 0 : Number(match[1]) * (FACTORS[match[2] ?? ''] ?? 0);
}

/** For people: cores with three decimals at most, bytes in MiB. */
export function formatQuantity(resource: string, amount: number): string {
  return resource.includes('memory')
    ? `${round(amount / 2 ** 20, 1)}Mi`
    : String(round(amount, 1000));
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
