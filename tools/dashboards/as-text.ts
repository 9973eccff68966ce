import type { Panel } from '@fairlead/monitoring/definitions';

/** A value as people read it in a panel of that unit. */
export function asText(value: number, unit: Panel['unit']): string {
  switch (unit) {
    case 'count':
      return number(value, 0);
    case 'state':
      return value === 0 ? 'unhealthy' : 'healthy';
    case 'ratio':
      return `${number(value * 100, 1)} %`;
    case 'percent':
      return `${number(value, 1)} %`;
    case 'per-day':
      return `${number(value, 1)} /day`;
    case 'seconds':
      return durationAsText(value);
  }
}

function durationAsText(seconds: number): string {
  if (seconds < 60) return `${number(seconds, 1)} s`;
  if (seconds < 3_600) return `${number(seconds / 60, 1)} min`;
  return `${number(seconds / 3_600, 1)} h`;
}

function number(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
