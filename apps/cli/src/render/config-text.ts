import { describeOrigin } from '@fairlead/config';
import type { ConfigEntry } from '@fairlead/config';
import { plain } from './plain.ts';

/** `notification.slack.channel: "#deployments"  # fairlead.yaml:21`. A secret is described, never shown. */
export function configText(entries: readonly ConfigEntry[], off: readonly string[] = []): string {
  const lines = entries.map(({ path, shown, origin }) => ({
    path,
    shown,
    from: describeOrigin(origin),
  }));
  const switchedOff = off.map((path) => ({ path, shown: '(off)', from: 'enabled: false' }));
  return aligned([...lines, ...switchedOff]);
}

interface Line {
  readonly path: string;
  readonly shown: string;
  readonly from: string;
}

/** Origins in a column, unless a long value would push it off the screen. */
const ORIGIN_COLUMN = 56;

function aligned(lines: readonly Line[]): string {
  if (lines.length === 0) return 'Nothing is configured: every value has its default.';
  return lines
    .map(({ path, shown, from }) => {
      const value = `${plain(path)}: ${plain(shown)}`;
      return `${value.padEnd(ORIGIN_COLUMN)}  # ${plain(from)}`;
    })
    .join('\n');
}
