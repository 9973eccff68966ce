import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inspectFullConfig } from '@fairlead/config';
import { exportFiles } from '@fairlead/monitoring';
import { configInputs } from '@fairlead/client/internal/asking/plan';
import type { ExportOptions } from '../commands/monitoring.ts';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import type { Result } from '../result.ts';

/** Every file is made before the first is written. A repeat writes them over. */
export async function monitoringExport(options: ExportOptions, io: Io): Promise<Result> {
  const { values } = inspectFullConfig(configInputs(options, io)).config;
  const { prometheus, datadog, runbook_url: runbookUrl } = values.monitoring_systems ?? {};
  const { grafana_url: grafanaUrl, alertmanager_url } = prometheus ?? {};
  const files = await exportFiles(options.system, {
    // What a worker tells Alertmanager itself, at once, pages; the rules would do it a second time.
    page: values.notification?.page_owner === 'alertmanager' && alertmanager_url === undefined,
    ...(options.datasource === undefined ? {} : { datasource: options.datasource }),
    ...{ grafanaUrl, runbookUrl },
    ...(datadog?.notify === undefined ? {} : { notify: datadog.notify }),
  });
  const directory = resolve(options.out);
  const names = Object.keys(files).sort();
  try {
    for (const name of names) {
      const file = join(directory, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, files[name] ?? '');
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw usageError(`Cannot write into ${options.out} (${code}); choose another --out.`);
  }
  return {
    exitCode: EXIT.done,
    text: names.map((name) => join(options.out, name)).join('\n'),
    json: { system: options.system, directory, files: names },
  };
}
