import { waitFor } from '@fairlead/testing/servers';

/** The call's end when its signal fires once the vendor, which hangs, was asked: not before, however slow the machine. */
export async function cutOff<Result>(
  vendor: { readonly received: readonly unknown[] },
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const before = vendor.received.length;
  const gone = new AbortController();
  const hung = call(gone.signal);
  // It is looked at below; until then it is nobody's.
  hung.catch(() => undefined);
  await waitFor(() => vendor.received.length > before, {
    ...{ deadlineMs: 60_000, what: 'the vendor to be asked' },
  });
  gone.abort();
  return hung;
}
