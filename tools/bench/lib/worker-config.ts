import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VENDORS } from './sink.ts';
import type { Sink, Vendor } from './sink.ts';

/** Any that fits: nothing leaves this machine. */
const ROUTING_KEY = '0'.repeat(32);

/** A worker's configuration whose channels are the sinks, unpaced, and tell one role of everything. Its path. */
export async function writeWorkerConfig(
  directory: string,
  sinks: Readonly<Record<Vendor, Sink>>,
): Promise<string> {
  // Each message is to come as itself, so that it can be counted: no digest.
  const unpaced = { max_per_minute: 0, digest_after: '1h' };
  const notification = {
    slack: { webhook_url: `${sinks.slack.url}/services/T0/B0/bench`, ...unpaced },
    teams: { webhook_url: `${sinks.teams.url}/workflows/bench`, ...unpaced },
    pagerduty: { routing_key: ROUTING_KEY, api_url: sinks.pagerduty.url },
  };
  const events = ['status', 'failure', 'rollback', 'canary', 'promotion'];
  const file = join(directory, 'bench.json');
  await writeFile(
    file,
    JSON.stringify({ notification, roles: { all: { channels: VENDORS, events } } }),
  );
  return file;
}
