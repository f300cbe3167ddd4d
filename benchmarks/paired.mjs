// Paired timing: A and B in turn, many short rounds, and the median of the ratios of the pairs. What slows
// the machine for a while slows both halves of a pair. A/A runs beside it and tells how far 1.00 may be off.

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

/** Ratio of two synchronous functions, with the A/A control of the second. */
export function compare(ours, floor, { rounds = 200, calls = 500 } = {}) {
  const time = (run) => {
    const started = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) run();
    return Number(process.hrtime.bigint() - started) / calls;
  };
  for (let round = 0; round < 20; round++) [ours, floor].forEach(time);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // The order changes, so that neither side always runs on a warmer cache.
    const [first, second] = round % 2 === 0 ? [time(ours), time(floor)] : [time(floor), time(ours)];
    const [a, b] = round % 2 === 0 ? [first, second] : [second, first];
    return { ours: a, floor: b, control: time(floor) / time(floor) };
  });
  return {
    ratio: median(pairs.map((pair) => pair.ours / pair.floor)),
    control: median(pairs.map((pair) => pair.control)),
    oursNs: median(pairs.map((pair) => pair.ours)),
    floorNs: median(pairs.map((pair) => pair.floor)),
  };
}

/** Runs asynchronous batches in turn and gives back the figures of each, with an A/A control of the second. */
export async function alternate(ours, floor, rounds) {
  const figures = { ours: [], floor: [], control: [] };
  for (let round = 0; round < rounds; round++) {
    figures.ours.push(await ours());
    figures.floor.push(await floor());
    figures.control.push(await floor());
  }
  return figures;
}

export { median };
