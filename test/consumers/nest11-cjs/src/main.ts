import { expected, roundtrip } from './roundtrip';

roundtrip().then(
  (result) => {
    console.log(JSON.stringify({ result, expected }));
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
