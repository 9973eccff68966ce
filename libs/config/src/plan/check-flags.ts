import { parseImageReference, unpinnedReason } from '../image-reference.ts';
import { quote } from '../interpret/found.ts';
import type { ConfigProblem, ProblemList } from '../problem.ts';
import { isName, LABEL_EXPECTED } from '../schema/names.ts';
import type { PlanFlags } from './plan-flags.ts';

/** Values of flags go through the same checks as those of a file. */
export function checkFlags(flags: PlanFlags, problems: ProblemList): void {
  checkName('--environment', flags.environment, problems);
  checkName('--application', flags.application, problems);
  checkName('--namespace', flags.namespace, problems);
  const seen = new Set<string>();
  for (const { name, image } of flags.components ?? []) {
    checkName('--component', name, problems);
    checkImage({ name, image }, problems);
    if (seen.has(name)) problems.add(flagProblem('--component', `names ${quote(name)} twice`));
    seen.add(name);
  }
}

/** Doubts about the flags' values. */
export function flagWarnings(flags: PlanFlags): ConfigProblem[] {
  return (flags.components ?? []).flatMap(({ image }) => {
    const reason = unpinnedReason(image);
    if (reason === undefined) return [];
    const message = `${quote(image)} ${reason}: a rollback cannot tell it from another; pin a tag or a digest`;
    return [flagProblem('--component', message)];
  });
}

export function flagProblem(flag: string, message: string): ConfigProblem {
  return { code: 'flag', path: flag, message };
}

function checkName(flag: string, value: string | undefined, problems: ProblemList): void {
  if (value === undefined || isName(value)) return;
  const message = `${quote(value)} is not ${LABEL_EXPECTED}`;
  problems.add({ ...flagProblem(flag, message), expected: LABEL_EXPECTED });
}

function checkImage({ name, image }: { name: string; image: string }, problems: ProblemList): void {
  const reference = parseImageReference(image);
  if (!('invalid' in reference)) return;
  const message = `image ${quote(image)} of ${quote(name)}: ${reference.invalid}`;
  problems.add({ ...flagProblem('--component', message), expected: 'NAME=IMAGE' });
}
