import type { Delivery, MessageFacts, Outcome } from '@fairlead/contracts';
import { cleanText, TEMPLATE_TEXTS } from '@fairlead/domain/text';
import type { TemplateText } from '@fairlead/domain/text';
import type { Told } from '../templates/told.ts';
import { digestMessage } from './digest-message.ts';
import { toFact } from './fact.ts';
import type { MessageFact } from './fact.ts';
import { foreignAction } from './foreign-action.ts';
import { issueAction, issueFacts } from './issue-message.ts';
import { durationText } from './duration-text.ts';
import { runningImage } from './running-image.ts';
import { titleOfKind } from './titles.ts';

/** Components that a message names one by one: a screen of a phone; the rest is counted. */
const COMPONENT_LIMIT = 12;

/** What every channel shows, each in its own best form. All text is one clean line; escaping is the channel's. */
export interface Message {
  /** `[staging] Deployment Failed` */
  readonly title: string;
  /** What happened, in the run's own words. */
  readonly summary: string;
  readonly facts: readonly MessageFact[];
  readonly error?: string;
  /** What was done about it, or what is to be done. */
  readonly action?: string;
  readonly link?: string;
  /** Which of the texts are people's own words. */
  readonly own?: readonly TemplateText[];
}

export type { MessageFact } from './fact.ts';

/** Where a person reads on; undefined when no Web UI is configured. */
export type LinkTo = (deploymentId: string) => string | undefined;

/** Pure: the same delivery gives the same message on every attempt and every channel. */
export function createMessage(
  delivery: Pick<Told, 'event' | 'facts' | 'texts' | 'digest' | 'insteadOf' | 'dashboard'>,
  linkTo?: LinkTo,
): Message {
  const instead = inPlaceOf(delivery);
  if (delivery.digest !== undefined) return digestMessage(delivery.digest, instead, linkTo);
  const { event, facts, texts = {} } = delivery;
  const own = TEMPLATE_TEXTS.filter((name) => texts[name] !== undefined);
  const outcome = closingOutcome(delivery);
  const action = actionFor(delivery, outcome);
  const link = facts.issue === undefined ? linkTo?.(facts.deploymentId) : undefined;
  return {
    title: titleOf(delivery),
    summary: texts.text ?? cleanText(event.message),
    facts: [...factsOf(delivery, outcome), ...instead],
    ...(facts.error === undefined ? {} : { error: cleanText(errorText(facts.error), 1_000) }),
    ...(action === undefined ? {} : { action }),
    ...(link === undefined ? {} : { link }),
    ...(own.length === 0 ? {} : { own }),
  };
}

/** Who reads this in the place of others must know that those were told nothing. */
function inPlaceOf({ insteadOf }: Pick<Told, 'insteadOf'>): readonly MessageFact[] {
  if (insteadOf === undefined) return [];
  return [{ label: 'In place of', value: `${cleanText(insteadOf)}, which cannot be told` }];
}

/** Environment and mark are always told, whatever people's own title says. */
function titleOf({ event, facts, texts }: Pick<Told, 'event' | 'facts' | 'texts'>): string {
  const head = `[${cleanText(facts.environment)}]`;
  const words = texts?.title ?? titleOfKind(event.kind);
  const what = words.startsWith(head) ? words.slice(head.length).trimStart() : words;
  if (event.mark === 'test') return `${head} TEST: ${what}`;
  return `${head} ${what}${event.mark === 'rollback-failed' ? ': Rollback Failed' : ''}`;
}

/** The outcome's word, for a closing message only. The record may not have it yet when the event is made. */
export function closingOutcome({
  event,
  facts,
}: Pick<Delivery, 'event' | 'facts'>): Outcome | undefined {
  switch (event.kind) {
    case 'deployment-completed':
      return 'succeeded';
    case 'rollback-completed':
      return facts.kind === 'rollback' ? 'succeeded' : 'rolled-back';
    case 'deployment-failed':
      return event.mark === 'rollback-failed' || facts.outcome === 'failed' ? 'failed' : undefined;
    default:
      return undefined;
  }
}

function factsOf(
  told: Pick<Told, 'event' | 'facts' | 'dashboard'>,
  outcome: Outcome | undefined,
): readonly MessageFact[] {
  const { event, facts, dashboard } = told;
  if (facts.issue !== undefined) return issueFacts(told, facts.issue);
  const { components } = facts;
  const list: [string, string | undefined][] = [
    ['Deployment', facts.deploymentId],
    ['Environment', facts.environment],
    ['Application', facts.application],
    ['Type', facts.kind === 'rollback' ? 'rollback' : facts.type],
    ['Made by', facts.tool],
    ['Components', listed(components, ({ name, image }) => `${name} ${image}`)],
    ['Outcome', outcome],
    [
      'Runs now',
      // What another tool has brought about, it alone knows.
      facts.source === undefined && outcome
        ? listed(components, (component) => `${component.name} ${runningImage(component)}`)
        : undefined,
    ],
    ['Duration', outcome && durationText(Date.parse(event.at) - Date.parse(facts.startedAt))],
    ['Started by', facts.actor],
    ['Reason', facts.reason],
    ['CI run', facts.ci?.url],
    ['Dashboard', dashboard],
  ];
  return list.flatMap(toFact);
}

export function listed(
  components: MessageFacts['components'],
  describe: (component: MessageFacts['components'][number]) => string,
): string {
  const shown = components.slice(0, COMPONENT_LIMIT).map((one) => cleanText(describe(one), 300));
  const rest = components.length - shown.length;
  return [
    ...shown,
    ...(rest > 0 ? [`${shown.length} of ${components.length} components`] : []),
  ].join(', ');
}

/** As it came: neither cleaned nor cut. */
export function errorText({ type, message, doom }: NonNullable<MessageFacts['error']>): string {
  const lastLine = doom?.lastLogLine;
  return `${message.includes(type) ? '' : `${type}: `}${message}${lastLine === undefined ? '' : ` (last log line: ${cleanText(lastLine)})`}`;
}

function actionFor(
  { event, facts }: Pick<Delivery, 'event' | 'facts'>,
  outcome: Outcome | undefined,
): string | undefined {
  if (event.mark === 'test') return 'Nothing to do: somebody tries whether messages arrive.';
  if (facts.issue !== undefined) return issueAction({ event, facts }, facts.issue);
  if (facts.source !== undefined) return foreignAction({ event, facts });
  const explain = `fairlead explain ${cleanText(facts.deploymentId)}`;
  switch (event.kind) {
    case 'deployment-failed':
      if (event.mark === 'rollback-failed') {
        return `The rollback could not finish. The target is halted, someone must act: ${explain}`;
      }
      if (outcome === undefined) return 'It is being rolled back.';
      return isUntouched(facts)
        ? `Nothing was left behind. Mend the cause, then deploy again: ${explain}`
        : `What was changed so far is still in place. The target is halted, someone must act: ${explain}`;
    case 'rollback-initiated':
      return 'Traffic goes back first, then the workloads.';
    case 'rollback-completed':
      return facts.kind === 'rollback'
        ? 'What ran before runs again.'
        : 'Traffic and workloads are as they were before.';
    default:
      return undefined;
  }
}

function isUntouched({ components, error }: MessageFacts): boolean {
  // Of one that was terminated only its last known state is told.
  if (error?.type === 'terminated') return false;
  return components.every(({ phase }) => ['waiting', 'skipped', 'restored'].includes(phase));
}
