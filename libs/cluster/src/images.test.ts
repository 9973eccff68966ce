import { describe, expect, it } from '@jest/globals';
import { hasTagOrDigest, imageRepository } from './images.ts';

describe('imageRepository', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.27', 'docker.io/library/nginx'],
    ['docker.io/nginx@sha256:abc', 'docker.io/library/nginx'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['acme/api:2', 'docker.io/acme/api'],
    ['localhost/api', 'localhost/api'],
    ['registry.test:5000/acme/api:2@sha256:abc', 'registry.test:5000/acme/api'],
    ['registry.test/api', 'registry.test/api'],
  ])('of %s is %s', (image, repository) => {
    expect(imageRepository(image)).toBe(repository);
  });
});

describe('hasTagOrDigest', () => {
  it.each([
    ['api', false],
    ['registry.test:5000/api', false],
    ['registry.test:5000/api:1', true],
    ['api@sha256:abc', true],
  ])('of %s is %s', (image, expected) => {
    expect(hasTagOrDigest(image)).toBe(expected);
  });
});
