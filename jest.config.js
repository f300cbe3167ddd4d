import { availableParallelism } from 'node:os';

import { swc } from './test/setup/swc.js';

/** @type {import('jest').Config} */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: '<rootDir>/test/setup/strict-environment.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^nestjs-doku$': '<rootDir>/libs/doku/src/index.ts',
    '^nestjs-doku/(.+)$': '<rootDir>/libs/doku/src/$1/index.ts',
    '^nestjs-doku-simulator$': '<rootDir>/libs/doku-simulator/src/index.ts',
    // Sources name the emitted file; Jest has only the source.
    '^(\\.{1,2}/.+)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/test/consumers/'],
  setupFilesAfterEnv: ['<rootDir>/test/setup/quiet-nest.js'],
  clearMocks: true,
  restoreMocks: true,
};

/** @type {import('jest').Config} */
export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['**/src/**/*.spec.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['**/test/**/*.e2e-spec.ts'] },
  ],
  // Tests wait for conditions; on a busy machine a browser alone takes 5 seconds to start.
  testTimeout: 30_000,
  waitForUnhandledRejections: true,
  // Many tests wait, for an engine to come back or for a job to be taken over.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  workerIdleMemoryLimit: '512MB',
  collectCoverageFrom: ['libs/*/src/**/*.ts', '!**/index.ts', '!**/*.spec.ts'],
  coverageDirectory: 'coverage',
};
