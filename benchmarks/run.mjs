// `npm run bench`: ratios against floors, in one process and one run. Absolute figures vary with the machine.
import 'reflect-metadata';

import { benchCalls } from './calls.mjs';
import { benchNotifications } from './notifications.mjs';
import { benchSigning } from './signing.mjs';
import { benchSnap } from './snap.mjs';

const misses = [];

function report(name, value, { limit, atLeast = false, control, detail }) {
  const holds = atLeast ? value >= limit : value <= limit;
  if (!holds) misses.push(name);
  console.log(
    `${holds ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(2)} (target ${atLeast ? '≥' : '≤'} ${limit}, A/A control ${control.toFixed(2)}) ${detail}`,
  );
}

const { verify, sign } = benchSigning();
for (const [name, figures] of Object.entries({ verify, sign })) {
  report(`non-SNAP ${name} of 1 KB ÷ bare node:crypto`, figures.ratio, {
    limit: 1.3,
    control: figures.control,
    detail: `${(figures.oursNs / 1000).toFixed(2)} µs ÷ ${(figures.floorNs / 1000).toFixed(2)} µs`,
  });
}

const LIMITS = { 'verify with a known token': 1.3, 'token endpoint': 1.25, 'RSA sign': 1.05 };
for (const [name, figures] of Object.entries(await benchSnap())) {
  report(`SNAP ${name} ÷ bare node:crypto`, figures.ratio, {
    limit: LIMITS[name],
    control: figures.control,
    detail: `${(figures.oursNs / 1000).toFixed(2)} µs ÷ ${(figures.floorNs / 1000).toFixed(2)} µs`,
  });
}

const calls = await benchCalls();
report('CPU of a payment call − (raw axios + bare sign), µs', calls.overheadUs, {
  limit: 60,
  control: calls.controlUs,
  detail: `${calls.oursUs.toFixed(0)} µs − ${calls.rawUs.toFixed(0)} µs`,
});

for (const platform of ['express', 'fastify']) {
  const figures = await benchNotifications(platform);
  report(`notifications/s ÷ bare controller, ${platform}`, figures.ratio, {
    limit: 0.85,
    atLeast: true,
    control: figures.control,
    detail: `${figures.oursPerSecond.toFixed(0)}/s ÷ ${figures.barePerSecond.toFixed(0)}/s`,
  });
}

console.log(misses.length > 0 ? `missed: ${misses.join('; ')}` : 'every target is met');
