import { registerAs } from '@nestjs/config';

/** What the shop is told by its environment. */
export interface ShopSettings {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Where browsers reach the shop; the bank sends them back there. */
  readonly shopUrl: string;
  readonly dokuBaseUrl: string;
  readonly dokuClientId: string;
  readonly dokuSecretKey: string;
  /** Deadline of one call to DOKU, in milliseconds. */
  readonly dokuTimeoutMs: number;
}

/** The simulator's development pair; it opens nothing else. */
const DEVELOPMENT_CLIENT_ID = 'MCH-0001-10791114622547';
const DEVELOPMENT_SECRET_KEY = 'SK-simulator-0123456789abcdef';

/** Settings under their namespace: inject `shopSettings.KEY`, or ask `ConfigService` for `shop`. */
export const shopSettings = registerAs('shop', () => readShopSettings(process.env));

/** @throws `Error` that names the variable to change */
function readShopSettings(env: NodeJS.ProcessEnv): ShopSettings {
  const port = wholeNumber('PORT', env.PORT, 3000, 65_535);
  return {
    port,
    host: given(env.HOST) ?? '127.0.0.1',
    shopUrl: origin('SHOP_URL', given(env.SHOP_URL) ?? `http://127.0.0.1:${port}`),
    dokuBaseUrl: given(env.DOKU_BASE_URL) ?? 'http://127.0.0.1:4010',
    dokuClientId: given(env.DOKU_CLIENT_ID) ?? DEVELOPMENT_CLIENT_ID,
    dokuSecretKey: given(env.DOKU_SECRET_KEY) ?? DEVELOPMENT_SECRET_KEY,
    // A person waits in front of the page, so give up earlier than the library would.
    dokuTimeoutMs: wholeNumber('DOKU_TIMEOUT_MS', env.DOKU_TIMEOUT_MS, 10_000, 120_000),
  };
}

/** An empty variable counts as not set: that is how compose files leave one out. */
function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function wholeNumber(
  name: string,
  text: string | undefined,
  fallback: number,
  most: number,
): number {
  const value = given(text) ?? String(fallback);
  if (!/^\d{1,9}$/.test(value) || Number(value) > most) {
    throw new Error(`${name} must be a whole number of at most ${most}, not "${value}"`);
  }
  return Number(value);
}

function origin(name: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(`${name} must be an absolute http or https URL, not "${text}"`);
  }
  return new URL(text).origin;
}
