/** Injection token of the options, validated and with every default applied. */
export const DOKU_OPTIONS: unique symbol = Symbol.for('nestjs-doku:options');
