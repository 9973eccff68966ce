import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Ending } from './ending.ts';

/** https://docs.datadoghq.com/api/latest/events/: characters of an event's text. */
const TEXT_LENGTH = 4_000;
/** Components that are told one by one; the rest is counted. */
const COMPONENT_LIMIT = 12;
/** Of an image or a name: those of twelve components leave room for the rest. */
const NAME_LENGTH = 120;
const ERROR_LENGTH = 1_000;

const TITLES = {
  'deployment-started': 'Deployment Started',
  'deployment-completed': 'Deployment Completed',
  'deployment-failed': 'Deployment Failed',
  'rollback-initiated': 'Rollback Initiated',
  'rollback-completed': 'Rollback Completed',
  'canary-started': 'Canary Started',
  'canary-completed': 'Canary Completed',
  'canary-promoted': 'Canary Promoted',
  'remediation-proposed': 'Remediation Proposed',
  'remediation-attempted': 'Remediation Attempted',
  'remediation-given-up': 'Remediation Given Up',
} satisfies Record<NotifiedKind, string>;

type Told = Pick<Delivery, 'event' | 'facts'>;

/** `[staging] Deployment Failed: shop` */
export function toTitle({ event, facts }: Told): string {
  const words = event.kind in TITLES ? TITLES[event.kind as NotifiedKind] : event.kind;
  const test = event.mark === 'test' ? 'TEST: ' : '';
  const mark = event.mark === 'rollback-failed' ? ': Rollback Failed' : '';
  return harmless(
    `[${cleanText(facts.environment, NAME_LENGTH)}] ${test}${words}${mark}: ${cleanText(facts.application, NAME_LENGTH)}`,
  );
}

/** Plain text, a fact a line; deployment and links stand first, where no cut takes them. */
export function toText(told: Told, ending: Ending | undefined, link: string | undefined): string {
  const { event, facts } = told;
  const lines: [string, string | undefined][] = [
    [
      facts.issue === undefined ? 'Deployment' : 'Issue',
      cleanText(facts.deploymentId, NAME_LENGTH),
    ],
    ['Link', link],
    ['CI run', facts.ci?.url === undefined ? undefined : cleanText(facts.ci.url)],
    ['Outcome', ending?.outcome],
    ['Duration', ending === undefined ? undefined : `${Math.round(ending.durationSeconds)} s`],
    ['What', cleanText(event.message, ERROR_LENGTH)],
    ['Error', errorOf(told)],
    ['Components', componentsOf(told)],
    ['Started by', cleanText(facts.actor)],
    ['Reason', facts.reason === undefined ? undefined : cleanText(facts.reason)],
  ];
  const text = lines.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])).join('\n');
  return cut(harmless(text));
}

function errorOf({ facts: { error } }: Told): string | undefined {
  if (error === undefined) return undefined;
  const { type, message, doom } = error;
  const head = message.includes(type) ? message : `${type}: ${message}`;
  const last = doom?.lastLogLine === undefined ? '' : ` (last log line: ${doom.lastLogLine})`;
  return cleanText(`${cleanText(head, ERROR_LENGTH)}${last}`, ERROR_LENGTH);
}

function componentsOf({ facts: { components } }: Told): string {
  const shown = components
    .slice(0, COMPONENT_LIMIT)
    .map(({ name, image }) => `${cleanText(name, NAME_LENGTH)} ${cleanText(image, NAME_LENGTH)}`);
  const rest = components.length > shown.length;
  return [...shown, ...(rest ? [`${shown.length} of ${components.length} components`] : [])].join(
    ', ',
  );
}

/** `@handle` in an event wakes whoever it names, and `%%%` begins Markdown: neither comes from outside. */
function harmless(text: string): string {
  return text.replaceAll('%%%', '%').replace(/(^|[^\w/.:-])@(?=[\w(])/gmu, '$1＠');
}

/** By code points, and the cut is named. */
function cut(text: string): string {
  const points = Array.from(text);
  const mark = '… (cut)';
  if (points.length <= TEXT_LENGTH) return text;
  return points.slice(0, TEXT_LENGTH - mark.length).join('') + mark;
}
