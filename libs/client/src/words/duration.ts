/** `45s`, `3m 05s`, `2h 04m`: two units at most, as people say it. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${pad(whole % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
}

export function secondsBetween(from: string, toMs: number): number {
  return (toMs - Date.parse(from)) / 1000;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
