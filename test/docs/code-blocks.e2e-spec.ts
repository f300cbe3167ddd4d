import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = [
  'README.md',
  'libs/doku/README.md',
  'libs/doku-simulator/README.md',
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Every TypeScript block of a page, as a file beside the tests. */
const blocks = pages.flatMap((page) =>
  [...readFileSync(root + page, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
    ([, code = ''], index) => ({
      page,
      file: `${root}test/docs/${page.replace(/\W/g, '-')}-${index}.ts`,
      code,
    }),
  ),
);

describe('the code blocks of the documentation', () => {
  it('compile, in the strict settings of this repository', () => {
    const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) =>
      ts.sys.readFile(path),
    ) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    const host = ts.createCompilerHost({ ...options, noEmit: true });
    const sources = new Map(blocks.map(({ file, code }) => [file, code]));
    const onDisk = { ...host };
    host.readFile = (file) => sources.get(file) ?? onDisk.readFile(file);
    host.fileExists = (file) => sources.has(file) || onDisk.fileExists(file);

    const program = ts.createProgram([...sources.keys()], { ...options, noEmit: true }, host);
    const problems = [...sources.keys()].flatMap((file) =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(file))
        .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
    );

    expect(problems).toEqual([]);
    expect(blocks.length).toBeGreaterThan(8);
  }, 60_000);

  it('show on the first page an app of about 15 lines', () => {
    const [first] = blocks;
    const lines = first?.code.split('\n').filter((line) => line.trim() !== '') ?? [];
    expect(first?.page).toBe('README.md');
    expect(lines.length).toBeLessThanOrEqual(17);
  });
});
