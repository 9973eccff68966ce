import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { untilAnswers } from './answers.ts';
import { freePorts } from './free-ports.ts';
import { prometheusApi } from './prometheus-api.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { prometheusConfig } from './prometheus-config.ts';
import type { ScrapeJob } from './prometheus-config.ts';
import { assertPrometheus, promtool } from './prometheus-tools.ts';
import { createScratch } from './scratch.ts';
import type { Scratch } from './scratch.ts';
import { startServer } from './server-process.ts';

export interface PrometheusOptions {
  readonly scrape: readonly ScrapeJob[];
  /** A rules file, YAML. Default: no rules. */
  readonly rules?: string;
  readonly scrapeIntervalMs: number;
  readonly evaluationIntervalMs: number;
  /** `host:port` of each that is told of alerts. Default: none. */
  readonly alertmanagers?: readonly string[];
  /** What it scraped before it was started: OpenMetrics text with timestamps, `# EOF` at its end. Default: nothing. */
  readonly history?: string;
}

export interface PrometheusServer extends PrometheusApi {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Debian's `prometheus` on a loopback port; its data ends with it. Its first scrape comes after 5 s, which it gives
 * service discovery.
 * @throws Error with how to install it, where it is absent
 */
export async function startPrometheus(options: PrometheusOptions): Promise<PrometheusServer> {
  await assertPrometheus();
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const scratch = await createScratch('prometheus');
  let stop = () => scratch.remove();
  try {
    const paths = await writeFiles(scratch, options);
    const server = startServer(scratch, {
      name: 'prometheus',
      command: 'prometheus',
      args: [
        ...['--config.file', paths.config, '--storage.tsdb.path', paths.data],
        ...['--web.listen-address', `127.0.0.1:${port}`],
        // Why it ended is the end of what it logs, not lost in its good-byes.
        ...['--log.level', 'warn'],
      ],
    });
    stop = async () => {
      await server.stop();
      await scratch.remove();
    };
    await untilAnswers(server, `${url}/-/ready`);
    return { ...prometheusApi(url), url, pid: server.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeFiles({ directory }: Scratch, options: PrometheusOptions) {
  const { rules, history, alertmanagers = [], ...rest } = options;
  const data = join(directory, 'data');
  const config = join(directory, 'prometheus.yml');
  const rulesPath = rules === undefined ? undefined : join(directory, 'rules.yaml');
  if (rules !== undefined && rulesPath !== undefined) await writeFile(rulesPath, rules);
  await writeFile(config, prometheusConfig({ ...rest, alertmanagers, rulesPath }));
  if (history !== undefined) {
    const path = join(directory, 'history.txt');
    await writeFile(path, history);
    await promtool(['tsdb', 'create-blocks-from', 'openmetrics', path, data]);
  }
  return { config, data };
}
