import { randomUUID } from 'node:crypto';
import type { Cluster } from '@fairlead/cluster';
import { standForElection } from '@fairlead/cluster/election';
import type { ElectionNews } from '@fairlead/cluster/election';
import type { Log } from '@fairlead/temporal/logging';
import type { WorkerOptions } from './options/worker-options.ts';
import { workerIdentity } from './workers/identity.ts';

interface WatchInTurnRequest {
  readonly cluster: Cluster;
  /** The worker's own, for the Lease. */
  readonly namespace: string | undefined;
  readonly options: WorkerOptions;
  readonly log: Log;
  readonly watch: () => { close(): void };
}

export interface WatchInTurn {
  /** Watches no more at once, then lets another. Once or more. */
  close(): Promise<void>;
}

/** Of several workers of a cluster, that which has the Lease watches. Where there can be none, each does: a target takes a report once. */
export function watchInTurn(request: WatchInTurnRequest): WatchInTurn {
  const { cluster, namespace, options, log, watch } = request;
  if (namespace === undefined) {
    tellAlone(log, 'this worker has no namespace of its own');
    const watching = watch();
    return {
      close() {
        watching.close();
        return Promise.resolve();
      },
    };
  }
  const lease = { namespace, name: `fairlead-watch-${options.cluster}` };
  return standForElection({
    lease,
    leases: cluster,
    // A process ID is its own only within its container.
    holder: `${workerIdentity(options)}_${randomUUID()}`,
    lead: watch,
    told: (news) => {
      tell(log, news, `${namespace}/${lease.name}`);
    },
  });
}

function tell(log: Log, news: ElectionNews, lease: string): void {
  if (news.state === 'follows') {
    log.info('another worker watches for issues', { lease, holder: news.holder });
  } else if (news.state === 'lost') {
    log.warn('watches for issues no more: the Lease could not be renewed', { lease });
  } else if (news.state === 'alone') tellAlone(log, news.why);
}

function tellAlone(log: Log, reason: string): void {
  log.info('watches for issues without a Lease: other workers may report the same', { reason });
}
