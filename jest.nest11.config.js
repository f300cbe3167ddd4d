import config from './jest.config.js';

// The same sources and the same tests, with every Nest package taken from Nest 11.
const nest11 = { '^(@nestjs/.+|rxjs|rxjs/.+)$': '<rootDir>/test/nest11/node_modules/$1' };

/** @type {import('jest').Config} */
export default {
  ...config,
  projects: config.projects.map((project) => ({
    ...project,
    displayName: `${project.displayName} (Nest 11)`,
    // Pages in a browser do not care which Nest serves them.
    testPathIgnorePatterns: ['/node_modules/', '/page\\.e2e-spec\\.ts$'],
    moduleNameMapper: { ...nest11, ...project.moduleNameMapper },
  })),
};
