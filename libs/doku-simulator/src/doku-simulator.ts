import type { AddressInfo } from 'node:net';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Ledger } from './bank/ledger.js';
import { ChangeFeed } from './engine/change-feed.js';
import { codeOf } from './engine/error-text.js';
import { PublicAddress } from './engine/public-address.js';
import { captureRawBody } from './engine/raw-request.js';
import { Shutdown } from './engine/shutdown.js';
import { SimulatorClock } from './engine/simulator-clock.js';
import { SimulatorModule } from './simulator.module.js';
import { resolveOptions, type DokuSimulatorOptions } from './simulator-options.js';

/** A running stand-in for DOKU's sandbox. */
export class DokuSimulator {
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly app: INestApplication<Server>,
    /** Where it listens, e.g. `http://127.0.0.1:4010`. */
    readonly url: string,
    /** PEM (SPKI) of the key that checks what DOKU signs with RSA. */
    readonly dokuPublicKey: string,
    /** Time as the simulator sees it. */
    readonly clock: SimulatorClock,
    /** All money that moved. */
    readonly ledger: Ledger,
  ) {}

  /**
   * Starts a simulator, on any free port unless told otherwise.
   * @throws `Error` that names the option to change, or the port that is taken
   */
  static async start(options: DokuSimulatorOptions = {}): Promise<DokuSimulator> {
    const resolved = await resolveOptions(options);
    const app = await NestFactory.create<INestApplication<Server>>(
      SimulatorModule.forOptions(resolved),
      new ExpressAdapter(),
      {
        // Signatures are over bytes: nothing may parse a body before they are checked.
        bodyParser: false,
        // Hanging callers and the console's open stream must not keep stop() waiting.
        forceCloseConnections: true,
        abortOnError: false,
        ...(options.logger !== undefined && { logger: options.logger }),
      },
    );
    const clock = app.get(SimulatorClock);
    app.use((_request: IncomingMessage, response: ServerResponse, next: () => void) => {
      response.setHeader('Date', clock.wireNow().toUTCString());
      next();
    });
    app.use(captureRawBody);
    try {
      await app.listen(resolved.port, resolved.host);
    } catch (cause) {
      await app.close();
      throw new Error(
        `The simulator cannot listen on ${resolved.host}:${resolved.port} (${codeOf(cause)}); choose another port, or 0 for any that is free.`,
        { cause },
      );
    }
    const url = urlOf(app.getHttpServer().address(), resolved.host);
    app.get(PublicAddress).url = resolved.publicUrl ?? url;
    const { dokuPublicKey } = resolved;
    return new DokuSimulator(app, url, dokuPublicKey, clock, app.get(Ledger));
  }

  /** Closes everything: connections, timers, deliveries under way. May be called again. */
  stop(): Promise<void> {
    this.stopping ??= this.close();
    return this.stopping;
  }

  private async close(): Promise<void> {
    this.clock.stop();
    this.app.get(Shutdown).begin();
    this.app.get(ChangeFeed).close();
    await this.app.close();
  }
}

function urlOf(address: string | AddressInfo | null, host: string): string {
  if (address === null || typeof address === 'string') {
    throw new Error('The simulator listens on no port');
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
