import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AdapterError } from '@fairlead/contracts';

export interface ServiceAccount {
  readonly projectId: string;
  readonly clientEmail: string;
  /** A secret, PEM. */
  readonly privateKey: string;
}

/**
 * Read for every call, so that a rotated key is picked up without a restart.
 * @throws AdapterError `config-invalid`, which tells the path and never the content: parsers quote what they read
 */
export async function readServiceAccount(path: string): Promise<ServiceAccount> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw unusable(path, `cannot be read (${code})`);
  });
  const key = parse(text);
  const { project_id: projectId, client_email: clientEmail, private_key: privateKey } = key ?? {};
  if (!isText(projectId) || !isText(clientEmail) || !isText(privateKey)) {
    throw unusable(
      path,
      'is no service account’s key: it needs project_id, client_email, private_key',
    );
  }
  if (!isPrivateKey(privateKey)) throw unusable(path, 'holds a private_key that is malformed');
  return { projectId, clientEmail, privateKey };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function unusable(path: string, why: string): AdapterError {
  return new AdapterError(
    'config-invalid',
    `firebase: credentials_file ${path} ${why}; put the key’s JSON there as Google made it`,
  );
}
