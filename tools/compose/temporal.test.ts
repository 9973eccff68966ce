import { describe, expect, it } from '@jest/globals';
import { devServerArguments } from '../../libs/temporal/src/dev-server/arguments.ts';
import { readYaml, serviceOf } from './compose-file.ts';

describe('Temporal', () => {
  it('is set as the development server is', () => {
    const file = readYaml('deploy/compose/temporal/dynamic-config.yaml') as Record<
      string,
      readonly { value: unknown }[]
    >;
    const args = devServerArguments({
      ...{ ip: '', port: 1, httpPort: 1, metricsPort: 1, uiPort: false, namespace: '' },
      searchAttributes: [],
    });
    const wanted = args.filter((_, at) => args[at - 1] === '--dynamic-config-value');
    const given = Object.entries(file).map(([key, [first]]) => `${key}=${String(first?.value)}`);

    expect(wanted.length).toBeGreaterThan(0);
    expect(given.sort()).toEqual([...wanted].sort());
  });

  it('gets the same account of PostgreSQL as its schema and the database itself', () => {
    const password = '${POSTGRES_PASSWORD:-temporal}';

    expect(serviceOf('postgres').environment).toMatchObject({
      POSTGRES_USER: 'temporal',
      POSTGRES_PASSWORD: password,
    });
    expect(serviceOf('temporal').environment).toMatchObject({
      DB: 'postgres12',
      POSTGRES_SEEDS: 'postgres',
      POSTGRES_USER: 'temporal',
      POSTGRES_PWD: password,
    });
    expect(serviceOf('temporal-schema').environment).toMatchObject({
      SQL_PLUGIN: 'postgres12',
      SQL_HOST: 'postgres',
      SQL_USER: 'temporal',
      SQL_PASSWORD: password,
    });
  });

  it('is of the same version as what sets it up', () => {
    const [, version] = serviceOf('temporal').image.split(':');

    expect(serviceOf('temporal-schema').image).toBe(`temporalio/admin-tools:${version}`);
    expect(serviceOf('temporal-namespace').image).toBe(`temporalio/admin-tools:${version}`);
  });
});
