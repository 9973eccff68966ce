import type { Preview } from '@fairlead/notifications';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';

/** What one destination would be asked. */
export interface PreviewView {
  readonly name: string;
  readonly previews: readonly Preview[];
  /** Why it would be told nothing. */
  readonly silence?: string;
}

/** A block for each request: where it goes, its headers, its body as JSON or, of a form, field by field. */
export function previewText(views: readonly PreviewView[], style: Style): string {
  return views
    .flatMap(({ previews }) => previews)
    .map((preview) => requestText(preview, style))
    .join('\n\n');
}

export function silenceLine({ name, silence = '' }: PreviewView): string {
  return `${name} is told nothing: ${plain(silence)}`;
}

function requestText(preview: Preview, style: Style): string {
  const { channel, method, url, headers } = preview;
  return [
    `${style.bold(channel)}  ${method} ${plain(url)}`,
    ...Object.entries(headers).map(([name, value]) => style.dim(`  ${name}: ${value}`)),
    ...bodyLines(preview).map((line) => `  ${indentOf(line)}${plain(line)}`),
  ].join('\n');
}

const FORM = 'application/x-www-form-urlencoded';

/** Line by line: JSON has escaped what is inside of a text, but for a few; a form's texts have lines of their own. */
function bodyLines({ headers, body }: Preview): readonly string[] {
  if (headers['content-type'] !== FORM) return JSON.stringify(body, undefined, 2).split('\n');
  return Object.entries(body as Readonly<Record<string, string>>).flatMap(([name, value]) => {
    const [first = '', ...more] = value.split('\n');
    if (more.length === 0) return [`${name}: ${first}`];
    return [`${name}:`, ...[first, ...more].map((line) => `  ${line}`)];
  });
}

function indentOf(line: string): string {
  return ' '.repeat(line.length - line.trimStart().length);
}
