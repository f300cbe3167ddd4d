import config from './jest.config.js';

// The same sources and the same tests, with every Nest package taken from Nest 11.
const nest11 = { '^(@nestjs/.+|rxjs|rxjs/.+)$': '<rootDir>/test/nest11/node_modules/$1' };

// What no version of Nest has a part in: pages in a browser, pure functions, what an engine does by itself, and the
// simulator's own rules, which the tests of the library and of the shop put to use.
const WITHOUT_NEST = [
  /page\.e2e-spec\.ts$/,
  /\/test\/demo\/durable-delivery/,
  /\/libs\/doku\/src\/(signing|validation|options|channels)\//,
  /\/libs\/doku-simulator\/src\/(?!doku-simulator\.spec|api\/|run-cli)/,
  /\/test\/durable\/(?!delivery|workers)/,
  /\/test\/calls\/.*(?<!wire|flow|canary)\.e2e-spec/,
  /\/test\/(docs|reconciliation|tokens)\//,
  /canary|forgeries|issued-token-attacks|timestamp-window|doku-sdk-defects/,
];

/** @type {import('jest').Config} */
export default {
  ...config,
  projects: config.projects.map((project) => ({
    ...project,
    displayName: `${project.displayName} (Nest 11)`,
    testPathIgnorePatterns: ['/node_modules/', ...WITHOUT_NEST.map((path) => path.source)],
    moduleNameMapper: { ...nest11, ...project.moduleNameMapper },
  })),
};
