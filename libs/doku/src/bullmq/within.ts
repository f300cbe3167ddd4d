/** Nothing came in time. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** What a promise says, if it says it within some milliseconds. @throws TooSlow otherwise */
export function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TooSlow(`no answer within ${ms} ms`));
    }, ms).unref();
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
