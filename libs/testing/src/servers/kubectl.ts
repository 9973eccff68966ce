import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs kubectl with `stdin` as its input and answers its output. As admin, unless `args` hold another `--kubeconfig`.
 * @throws Error with what kubectl complained of.
 */
export type Kubectl = (args: string[], stdin?: string) => Promise<string>;

export interface KubectlSetup {
  binary: string;
  kubeconfig: string;
  /** Where kubectl may keep what it discovers of the API. */
  directory: string;
}

export function createKubectl({ binary, kubeconfig, directory }: KubectlSetup): Kubectl {
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: join(directory, 'kubectl-cache'),
  };
  return (args, stdin = '') =>
    new Promise((resolve, reject) => {
      const child = spawn(binary, ['kubectl', ...args], { env });
      let output = '';
      let complaint = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve(output);
        else reject(new Error(`kubectl ${args.join(' ')}: ${complaint.trim() || output.trim()}`));
      });
      // kubectl may end before it has read all of its input; its own complaint says why.
      child.stdin.on('error', () => undefined).end(stdin);
    });
}
