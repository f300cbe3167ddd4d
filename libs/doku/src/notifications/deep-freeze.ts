/** Freezes a value that came from JSON, with everything in it, however deep. */
export function deepFreeze<Value>(value: Value): Value {
  const found: unknown[] = [value];
  // Not by calling itself: nesting is DOKU's to choose, and the stack is ours.
  while (found.length > 0) {
    const each = found.pop();
    if (typeof each !== 'object' || each === null || Object.isFrozen(each)) continue;
    Object.freeze(each);
    for (const member of Object.values(each)) found.push(member);
  }
  return value;
}
