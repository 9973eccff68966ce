import type { Delivery, DeploymentRecord } from '@fairlead/contracts';
import { recordDelivery, sampleDelivery } from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import { previewDestinations } from '../asking/preview-destinations.ts';
import { readRecordFile } from '../asking/record-file.ts';
import type { NotifyPreviewOptions } from '../commands/notify-preview.ts';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { previewText, silenceLine } from '../render/preview.ts';
import type { PreviewView } from '../render/preview.ts';
import type { Result } from '../result.ts';

/** The requests, an array with `--json`. Of a destination that would be told nothing, stderr says why. */
export function notifyPreview(options: NotifyPreviewOptions, io: Io): Result {
  if (options.record !== undefined && options.environment !== undefined) {
    throw usageError('Name a record or an environment, not both: a record has its own.');
  }
  const record = options.record === undefined ? undefined : readRecordFile(options.record);
  const views = previewDestinations(options, io).map((destination) =>
    look(destination, deliveryTo(destination, { ...options, record })),
  );
  for (const view of views.filter(({ silence }) => silence !== undefined)) {
    io.err(`${silenceLine(view)}\n`);
  }
  return {
    exitCode: EXIT.done,
    text: previewText(views, io.outStyle),
    json: views.flatMap(({ previews }) => previews),
  };
}

interface Wanted extends Omit<NotifyPreviewOptions, 'record'> {
  readonly record: DeploymentRecord | undefined;
}

function deliveryTo({ name }: Destination, { kind, environment, record }: Wanted): Delivery {
  if (record !== undefined) return recordDelivery(record, { kind, destination: name });
  return sampleDelivery(kind, {
    destination: name,
    ...(environment === undefined ? {} : { environment }),
  });
}

function look(destination: Destination, delivery: Delivery): PreviewView {
  const { name, kinds, withheld, preview } = destination;
  const silence = kinds.some((kind) => kind === delivery.event.kind)
    ? withheld?.(delivery)
    : `it has no message for ${delivery.event.kind}`;
  if (silence !== undefined) return { name, previews: [], silence };
  return { name, previews: preview?.(delivery) ?? [] };
}
