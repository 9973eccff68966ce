import type { DigestContent } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { LinkTo, Message, MessageFact } from './message.ts';
import { titleOfKind } from './titles.ts';

/** How to see those that the message does not name. */
const REST = 'All of them with their receipts: fairlead deliveries';

/** Why there is one for many, where the destination itself is the reason. */
const TOGETHER = 'More came at once than this channel takes, or they were held until now.';

/** One message for many: how many of what, the first ones by name, and how to list the rest. */
export function digestMessage(
  { count, counts, first }: DigestContent,
  instead: readonly MessageFact[],
  linkTo: LinkTo | undefined,
): Message {
  const environments = [...new Set(counts.map(({ environment }) => environment))];
  const [lead] = counts;
  const where = environments.map((name) => cleanText(name, 100)).join(', ');
  const lines = first.map((line, index): MessageFact => {
    const { environment, application, deploymentId, kind } = line;
    const link = linkTo?.(deploymentId);
    const what = `[${environment}] ${titleOfKind(kind)}: ${application}, ${deploymentId}`;
    return {
      label: `${index + 1} of ${count}`,
      value: cleanText(`${what}${link === undefined ? '' : ` ${link}`}`, 600),
    };
  });
  return {
    title: `[${cleanText(where, 100)}] ${count} messages in one${
      lead === undefined ? '' : `: ${lead.count} × ${titleOfKind(lead.kind)}`
    }`,
    summary: reasonFor(instead),
    facts: [
      ...instead,
      ...counts.map(({ environment, kind, count: many }) => ({
        label: cleanText(environment, 100),
        value: `${many} × ${titleOfKind(kind)}`,
      })),
      ...lines,
    ],
    action: REST,
  };
}

/** A fallback is told together what others could not be told, however few they are. */
function reasonFor([inPlaceOf]: readonly MessageFact[]): string {
  return inPlaceOf === undefined ? TOGETHER : `They were meant for ${inPlaceOf.value}.`;
}
