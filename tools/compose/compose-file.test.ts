import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { publishedPorts, readCompose, readYaml, ROOT } from './compose-file.ts';

const SCHEMA = JSON.parse(
  readFileSync(join(ROOT, 'libs/testing/schemas/compose/compose-spec.schema.json'), 'utf8'),
) as object;
// Its formats are Compose's own.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const isCompose = ajv.compile(SCHEMA);

const { services, volumes, networks } = readCompose();
const named = Object.entries(services);
/** They do their work and end. */
const ONE_SHOT = ['temporal-schema', 'temporal-namespace', 'cli'];

function faultsOf(document: unknown): string {
  return isCompose(document) ? '' : ajv.errorsText(isCompose.errors);
}

describe('docker-compose.yml', () => {
  it.each(['docker-compose.yml', 'deploy/compose/own-cluster.yaml'])(
    '%s is as the specification’s schema has it',
    (file) => {
      expect(faultsOf(readYaml(file))).toBe('');
    },
  );

  it('is held against a schema that refuses what it does not know', () => {
    expect(
      faultsOf({ services: { web: { image: 'web:1', healthcheck: { test: [1] } } } }),
    ).not.toBe('');
    expect(faultsOf({ services: { web: { imagge: 'web:1' } } })).toContain('additional properties');
  });

  it.each(named)('pins the version of %s', (_, { image, build }) => {
    const pinned = build === undefined ? /^[a-z/-]+:v?\d+\.\d+(\.\d+)?(-alpine)?$/ : /:local$/;

    expect(image).toMatch(pinned);
  });

  it.each(named)('opens ports of %s to this machine alone', (_, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('publishes no port twice', () => {
    const outside = named.flatMap(([, { ports = [] }]) => ports.map((port) => port.split(':')[1]));

    expect(new Set(outside).size).toBe(outside.length);
  });

  it.each(named)('asks %s for its health, if it stays', (name, { healthcheck, restart }) => {
    const stays = !ONE_SHOT.includes(name);

    expect(healthcheck !== undefined).toBe(stays);
    expect(restart === 'unless-stopped').toBe(stays);
  });

  it.each(named)('asks %s on a port that it has open', (_, service) => {
    const asked = /(?:127\.0\.0\.1:|'?)(\d{4,5})/.exec(service.healthcheck?.test.join(' ') ?? '');
    if (asked === null) return;

    const { environment = {} } = service;
    const open = [...publishedPorts(service), Number(environment.FAIRLEAD_HEALTH_PORT)];
    expect(open).toContain(Number(asked[1]));
  });

  it.each(named)('lets %s wait only for what can come', (_, { depends_on = {} }) => {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const service = services[other];
      const possible = ONE_SHOT.includes(other)
        ? 'service_completed_successfully'
        : 'service_healthy';
      expect(service?.profiles).toBeUndefined();
      expect(service?.image).toBeDefined();
      expect(condition).toBe(possible);
    }
  });

  it('keeps the database to Temporal', () => {
    const reach = named.filter(([, service]) => service.networks?.includes('database') === true);

    expect(reach.map(([name]) => name)).toEqual(['postgres', 'temporal-schema', 'temporal']);
    expect(networks.database).toEqual({ internal: true });
    expect(services.postgres?.networks).toEqual(['database']);
    expect(services.postgres?.ports).toBeUndefined();
  });

  it('uses every volume that it names', () => {
    const used = named.flatMap(([, service]) =>
      (service.volumes ?? []).filter((volume) => !volume.startsWith('./')),
    );

    expect(used.map((volume) => volume.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
  });
});
