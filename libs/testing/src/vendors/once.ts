/** Made at the first call, and the same from then on: for what is costly to make and never changes, as a schema. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
