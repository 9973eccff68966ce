/** Has a program run as it is shipped: what `npm test` built for all its suites, or else its sources. */
export function asShipped(): Readonly<Record<string, string>> {
  const built = process.env['FAIRLEAD_BUILT'] ?? '';
  return built === '' ? {} : { FAIRLEAD_BUILT: built };
}
