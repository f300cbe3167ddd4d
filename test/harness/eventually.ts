/** Waits until a condition holds; fails after `withinMs` milliseconds. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`never came: ${condition.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
