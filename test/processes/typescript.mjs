// Lets a process of its own run the TypeScript sources: `node --import ./test/processes/typescript.mjs`.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
