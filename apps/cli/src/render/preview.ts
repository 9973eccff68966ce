import type { Preview } from '@fairlead/notifications';
import { plain } from './plain.ts';
import type { Style } from './style.ts';

/** What one destination would be asked. */
export interface PreviewView {
  readonly name: string;
  readonly previews: readonly Preview[];
  /** Why it would be told nothing. */
  readonly silence?: string;
}

/** A block for each request: where it goes, its headers, its body as JSON. */
export function previewText(views: readonly PreviewView[], style: Style): string {
  return views
    .flatMap(({ previews }) => previews)
    .map((preview) => requestText(preview, style))
    .join('\n\n');
}

export function silenceLine({ name, silence = '' }: PreviewView): string {
  return `${name} is told nothing: ${plain(silence)}`;
}

function requestText({ channel, method, url, headers, body }: Preview, style: Style): string {
  return [
    `${style.bold(channel)}  ${method} ${plain(url)}`,
    ...Object.entries(headers).map(([name, value]) => style.dim(`  ${name}: ${value}`)),
    ...JSON.stringify(body, undefined, 2)
      .split('\n')
      // Line by line: JSON has escaped what is inside of a text, but for a few.
      .map((line) => `  ${indentOf(line)}${plain(line)}`),
  ].join('\n');
}

function indentOf(line: string): string {
  return ' '.repeat(line.length - line.trimStart().length);
}
