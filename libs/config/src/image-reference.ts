/** Bounds and grammar: https://pkg.go.dev/github.com/distribution/reference */
const MAX_REPOSITORY = 255;
const REGISTRY =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/;
const PATH_PART = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** `repository[:tag][@digest]`, or why it is none. */
export type ImageReference =
  | { readonly repository: string; readonly tag?: string; readonly digest?: string }
  | { readonly invalid: string };

/** Splits and checks an image reference. The reason never repeats the text. */
export function parseImageReference(text: string): ImageReference {
  if (text.includes('://')) {
    return { invalid: 'an image has no scheme; leave out what stands before ://' };
  }
  if (/\s/.test(text)) return { invalid: 'an image has no white space' };
  const [name = '', digest, ...rest] = text.split('@');
  if (rest.length > 0) return { invalid: 'an image has at most one @' };
  if (digest !== undefined && !DIGEST.test(digest)) {
    return { invalid: 'after @ comes a digest: sha256: and 64 hexadecimal digits' };
  }
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = hasTag ? name.slice(0, colon) : name;
  const tag = hasTag ? name.slice(colon + 1) : undefined;
  if (tag !== undefined && !TAG.test(tag)) {
    return { invalid: 'after : comes a tag: letters, digits, ".", "_" and "-", at most 128' };
  }
  const reason = checkRepository(repository);
  if (reason !== undefined) return { invalid: reason };
  return {
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Why a rollback could not tell this image from another, or undefined when it is pinned. */
export function unpinnedReason(text: string): string | undefined {
  const image = parseImageReference(text);
  if ('invalid' in image || image.digest !== undefined) return undefined;
  if (image.tag === undefined) return 'has no tag and no digest, which means "latest"';
  return image.tag === 'latest' ? 'has the tag "latest"' : undefined;
}

function checkRepository(repository: string): string | undefined {
  if (repository === '') return 'the repository before tag and digest is missing';
  if (repository.length > MAX_REPOSITORY) {
    return `a repository has at most ${MAX_REPOSITORY} characters`;
  }
  const parts = repository.split('/');
  const first = parts[0] ?? '';
  const hasRegistry = parts.length > 1 && /[.:]|^localhost$/.test(first);
  if (hasRegistry && !REGISTRY.test(first)) {
    return 'the registry before the first / is no host name';
  }
  const path = hasRegistry ? parts.slice(1) : parts;
  if (path.every((part) => PATH_PART.test(part))) return undefined;
  if (/[A-Z]/.test(path.join(''))) return 'a repository is written in lower case';
  return 'a repository is lower-case letters and digits, parted by ".", "_", "-" and "/"';
}
