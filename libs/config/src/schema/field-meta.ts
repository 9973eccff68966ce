import { z } from 'zod';

/** What a schema's field says beyond its type: how it is read, and what a person is told when it does not fit. */
export interface FieldMeta {
  readonly kind: 'text' | 'number' | 'boolean';
  /** "a duration such as 30s, 5m or 2h": completes "is not …". */
  readonly expected: string;
  /** What to do with a bare number where text is expected; default: put it in quotes. */
  readonly bare?: string;
  /** Never shown, may come from `<key>_file`. */
  readonly secret?: boolean;
  /** Whether this value must not be shown although its field is no secret: a URL with a password. */
  readonly sensitive?: (value: string) => boolean;
  /** The closed set that the value is from, for the nearest one. */
  readonly choices?: readonly string[];
  /** The value is a path: relative to the folder of the file that it stands in, absolute once it is read. */
  readonly path?: boolean;
  /** The path of a service account's key, which is read at validation. */
  readonly keyFile?: boolean;
  /** The path of a template, which is read at validation. */
  readonly template?: boolean;
  /** Why a value that fits is still doubtful; completes "the value …". */
  readonly doubt?: (value: string) => string | undefined;
  /** Why a value does not fit, more exactly than `expected`. Never repeats the value. */
  readonly explain?: (value: string) => string | undefined;
}

export const fieldMeta = z.registry<FieldMeta>();

type Report = (path: readonly (string | number)[], message: string) => void;

/** What a rule is given: the values that fit, and which keys are there at all. */
export interface RuleInput {
  readonly value: unknown;
  /** Whether a value stands at this path, fitting or not. */
  readonly has: (path: readonly (string | number)[]) => boolean;
  /** The text at this path as it may be shown: what came in by a variable is described. */
  readonly show: (path: readonly (string | number)[]) => string;
  readonly report: Report;
  readonly warn: Report;
}

export type Rule = (input: RuleInput) => void;

/** Checks across fields. They run beside the fields' own, so that all errors come at once. */
export const rules = z.registry<{ readonly rule: Rule }>();

/** How many elements a list or map may have. */
export const sizeLimits = z.registry<{ readonly min: number; readonly max: number }>();

/** Keys that are known and refused, with the reason. */
export const refusedKeys = z.registry<{ readonly reasons: Readonly<Record<string, string>> }>();
