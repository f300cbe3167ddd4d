/** Says that a binding or payment cannot be decided; the message tells why. */
export class DecisionRefused extends Error {
  override readonly name = 'DecisionRefused';
}

/** For decisions that wait for no answer: the browser's and those of the JSON API. */
export const AT_ONCE = Promise.resolve();
