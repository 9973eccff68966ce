interface SearchAttributes {
  getAll(): readonly { readonly key: { readonly name: string }; readonly value: unknown }[];
}

/** Reads search attributes by name: all of ours are keywords. */
export function attributeReader(
  attributes: SearchAttributes,
): (name: string) => string | undefined {
  const values = new Map(attributes.getAll().map(({ key, value }) => [key.name, value]));
  return (name) => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
}
