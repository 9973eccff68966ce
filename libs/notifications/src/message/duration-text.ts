/** `1 h 2 min 5 s`; whole seconds, and nothing that is zero before the first that is not. */
export function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  const parts = [
    { value: Math.floor(seconds / 3_600), unit: 'h' },
    { value: Math.floor(seconds / 60) % 60, unit: 'min' },
    { value: seconds % 60, unit: 's' },
  ];
  const first = parts.findIndex(({ value }) => value > 0);
  return parts
    .slice(first === -1 ? -1 : first)
    .map(({ value, unit }) => `${value} ${unit}`)
    .join(' ');
}
