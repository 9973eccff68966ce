import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  inRepository,
  mountsOf,
  readCompose,
  readText,
  readYaml,
  ROOT,
  serviceOf,
} from './compose-file.ts';

const named = Object.entries(readCompose().services);

function isFile(service: string, path: string): boolean {
  const found = inRepository(serviceOf(service), path);
  return found !== undefined && existsSync(join(ROOT, found));
}

describe('what docker-compose.yml mounts', () => {
  it.each(named)('is there for %s, and only read', (_, service) => {
    for (const { source, bound } of mountsOf(service)) {
      if (bound) expect(existsSync(join(ROOT, source))).toBe(true);
    }
    for (const volume of service.volumes ?? []) {
      if (volume.startsWith('./')) expect(volume).toMatch(/:ro$/);
    }
  });

  it.each(named)('has every file that %s is told of', (name, service) => {
    const { command = [], entrypoint = [], environment = {} } = service;
    const words = [...command, ...entrypoint, ...Object.values(environment)];
    const paths = words.map((word) => word.replace(/^--[a-z.-]+=/, '')).filter(isPath);

    for (const path of paths) {
      expect([path, isFile(name, path) || isKept(name, path) || path === '/bin/sh']).toEqual([
        path,
        true,
      ]);
    }
  });

  it('has the rules beside the configuration of Prometheus', () => {
    const { rule_files: rules } = readYaml('deploy/compose/prometheus/prometheus.yml') as {
      rule_files: string[];
    };

    expect(rules).toEqual(['rules.yaml']);
    expect(isFile('prometheus', '/etc/prometheus/rules.yaml')).toBe(true);
  });

  it('has the dashboards where Grafana is told to look', () => {
    const provider = readYaml('deploy/compose/grafana/provisioning/dashboards/fairlead.yaml') as {
      providers: [{ options: { path: string } }];
    };
    const { path } = provider.providers[0].options;

    expect(isFile('grafana', `${path}/dashboard-deployment-metrics.json`)).toBe(true);
    expect(isFile('grafana', `${path}/dashboard-deployment-alerts.json`)).toBe(true);
  });

  it('keeps secrets in files that have a sample, are read raw, and are kept out of Git', () => {
    const files = named.flatMap(([, { env_file = [] }]) => env_file);

    expect(files.length).toBeGreaterThan(0);
    for (const { path, ...rest } of files) {
      expect(rest).toEqual({ required: false, format: 'raw' });
      expect(existsSync(join(ROOT, `${path}.sample`))).toBe(true);
      expect(path).toMatch(/^deploy\/compose\/[a-z]+\.env$/);
    }
    expect(readText('deploy/compose/.gitignore').split('\n')).toContain('*.env');
  });
});

function isPath(word: string): boolean {
  return word.startsWith('/');
}

/** In a volume, which is empty at first. */
function isKept(name: string, path: string): boolean {
  return mountsOf(serviceOf(name)).some(
    ({ bound, target }) => !bound && (path === target || path.startsWith(`${target}/`)),
  );
}
