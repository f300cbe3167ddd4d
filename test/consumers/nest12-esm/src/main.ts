import { expected, roundtrip } from './roundtrip.js';

console.log(JSON.stringify({ result: await roundtrip(), expected }));
