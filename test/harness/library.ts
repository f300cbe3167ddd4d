import { inspect } from 'node:util';

import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  AlloDirectDebitService,
  BriDirectDebitService,
  CimbDirectDebitService,
  DokuAccessTokenService,
  DokuClient,
  DokuModule,
  type DokuModuleExtras,
  type DokuModuleOptions,
  DokuOrderService,
  DokuWalletService,
  KkiService,
} from 'nestjs-doku';

export const CREDENTIALS = {
  clientId: 'MCH-0001-10791114622547',
  secretKey: 'SK-simulator-0123456789abcdef',
};

/** Keeps every line that the library logs. */
export class LogLines implements LoggerService {
  readonly lines: string[] = [];

  readonly log = this.keep('log');
  readonly warn = this.keep('warn');
  readonly error = this.keep('error');
  readonly debug = this.keep('debug');
  readonly verbose = this.keep('verbose');
  readonly fatal = this.keep('fatal');

  /** The lines that match, oldest first. */
  matching(pattern: RegExp): string[] {
    return this.lines.filter((line) => pattern.test(line));
  }

  private keep(level: string) {
    return (...parts: unknown[]): void => {
      const texts = parts.map((part) =>
        typeof part === 'string' ? part : inspect(part, { depth: Infinity }),
      );
      this.lines.push(`${level} ${texts.join(' ')}`);
    };
  }
}

/** The services of the library, wherever it runs. */
export interface LibraryServices {
  readonly allo: AlloDirectDebitService;
  readonly bri: BriDirectDebitService;
  readonly cimb: CimbDirectDebitService;
  readonly kki: KkiService;
  readonly orders: DokuOrderService;
  readonly wallet: DokuWalletService;
  readonly tokens: DokuAccessTokenService;
  readonly client: DokuClient;
}

/** The library in a Nest app of its own, without an HTTP server. */
export interface StartedLibrary extends LibraryServices {
  readonly moduleRef: TestingModule;
  readonly logs: LogLines;
  close(): Promise<void>;
}

export async function startLibrary(
  options: Partial<DokuModuleOptions & DokuModuleExtras>,
): Promise<StartedLibrary> {
  const logs = new LogLines();
  const moduleRef = await Test.createTestingModule({
    imports: [DokuModule.forRoot({ ...CREDENTIALS, ...options })],
  })
    .setLogger(logs)
    .compile();
  await moduleRef.init();
  return { ...servicesOf(moduleRef), moduleRef, logs, close: () => moduleRef.close() };
}

/** Finds the services in an app that has the library. */
export function servicesOf(app: INestApplicationContext): LibraryServices {
  const get = <Service>(type: abstract new (...args: never[]) => Service): Service =>
    app.get<Service>(type, { strict: false });
  return {
    allo: get(AlloDirectDebitService),
    bri: get(BriDirectDebitService),
    cimb: get(CimbDirectDebitService),
    kki: get(KkiService),
    orders: get(DokuOrderService),
    wallet: get(DokuWalletService),
    tokens: get(DokuAccessTokenService),
    client: get(DokuClient),
  };
}
