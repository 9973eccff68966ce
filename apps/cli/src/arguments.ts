import { REQUEST_ID } from '@fairlead/contracts';
import { InvalidArgumentError } from 'commander';

/** DNS label: what Kubernetes takes as a name and a label value, and Temporal as part of a workflow ID. */
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DURATION = /^(\d+)(ms|s|m|h|d)$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export interface ComponentArgument {
  readonly name: string;
  readonly image: string;
}

/** `NAME=IMAGE`, repeatable. Whether the image is well formed is judged with the configuration's own rule. */
export function componentArgument(
  value: string,
  earlier: readonly ComponentArgument[] = [],
): readonly ComponentArgument[] {
  const equals = value.indexOf('=');
  const name = value.slice(0, equals);
  const image = value.slice(equals + 1);
  if (equals < 1 || image === '') {
    throw new InvalidArgumentError(
      'Expected NAME=IMAGE, as in api=registry.example.com/shop/api:2.4.1.',
    );
  }
  if (!NAME.test(name)) {
    throw new InvalidArgumentError(`"${name}" is no component name: a-z, 0-9 and -, at most 63.`);
  }
  if (earlier.some((component) => component.name === name)) {
    throw new InvalidArgumentError(`Component "${name}" is given twice.`);
  }
  return [...earlier, { name, image }];
}

/** One of a closed set. What is only planned is not offered, and refused in words of its own. */
export function choiceArgument(
  choices: readonly string[],
  planned: readonly string[],
): (value: string) => string {
  const known = choices.join(', ');
  return (value) => {
    if (choices.includes(value)) return value;
    if (planned.includes(value)) {
      throw new InvalidArgumentError(`It is not available yet; there are ${known}.`);
    }
    throw new InvalidArgumentError(`Allowed choices are ${known}.`);
  };
}

export function listArgument(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

export function durationArgument(value: string): number {
  const match = DURATION.exec(value);
  const unitMs = UNIT_MS[match?.[2] ?? ''];
  if (match?.[1] === undefined || unitMs === undefined) {
    throw new InvalidArgumentError('Expected a number with a unit: 90s, 5m, 2h.');
  }
  return Number(match[1]) * unitMs;
}

/** RFC 3339, so that the zone is said: the machine's own is never meant. */
const TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

export function timeArgument(value: string): Date {
  const day = TIME.exec(value)?.[1];
  const time = new Date(value);
  if (day === undefined || Number.isNaN(time.getTime()) || !isDay(day)) {
    throw new InvalidArgumentError(
      'Expected a time with its zone: 2026-03-29T02:30:00+02:00, or …Z for UTC.',
    );
  }
  return time;
}

/** Not so the 30th of February, which is read as a day of March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

export function requestIdArgument(value: string): string {
  if (!REQUEST_ID.test(value)) {
    throw new InvalidArgumentError(
      'Expected 1 to 63 characters of a-z, 0-9 and -, the first and last no -.',
    );
  }
  return value;
}

export function nameArgument(value: string): string {
  if (!NAME.test(value)) {
    throw new InvalidArgumentError(
      'Expected a name of a-z, 0-9 and - (not at its ends), at most 63 characters.',
    );
  }
  return value;
}

export function countArgument(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) {
    throw new InvalidArgumentError('Expected a whole number from 1 to 9999.');
  }
  return Number(value);
}

export function portArgument(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('Expected a port from 1 to 65535.');
  }
  return port;
}
