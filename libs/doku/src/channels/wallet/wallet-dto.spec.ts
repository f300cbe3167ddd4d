import 'reflect-metadata';

import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { type Type, ValidationPipe } from '@nestjs/common';

import { validateRequest } from '../../validation/validate-request.js';
import { resolveWalletOptions } from './wallet.options.js';
import { walletOperations } from './wallet.operations.js';

const { operations: samples } = JSON.parse(
  readFileSync(
    new URL('../../../../../test/fixtures/wallet-samples.json', import.meta.url),
    'utf8',
  ),
) as { operations: { path: string; requestSample: object }[] };

const classes = Object.values(walletOperations(resolveWalletOptions(), () => new Date())).map(
  ({ name, path, request }) => ({
    name,
    type: request as Type<object>,
    sample: samples.find((each) => each.path === path)?.requestSample ?? {},
  }),
);

/** The second check, of apps that use the classes in a controller of their own. */
const byNest = (type: Type<object>, request: object): Promise<unknown> =>
  new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }).transform(
    request,
    { type: 'body', metatype: type },
  );

describe("the wallet's request classes", () => {
  it.each(classes)('$name takes its sample by either check', async ({ type, sample }) => {
    expect(Object.keys(sample)).not.toHaveLength(0);
    expect(validateRequest(type, sample)).toEqual({ request: sample, problems: [] });
    expect(JSON.parse(JSON.stringify(await byNest(type, sample)))).toEqual(sample);
  });

  it.each(classes)('$name refuses members that it does not know', async ({ type, sample }) => {
    const request = { ...sample, surprise: 1 };
    expect(validateRequest(type, request).problems).toEqual([
      expect.stringMatching(/surprise is not a member/),
    ]);
    await expect(byNest(type, request)).rejects.toThrow();
  });

  it.each(classes)('$name refuses texts in place of everything', ({ type, sample }) => {
    const request = Object.fromEntries(Object.keys(sample).map((member) => [member, 7]));
    expect(validateRequest(type, request).problems.length).toBeGreaterThan(0);
  });
});
