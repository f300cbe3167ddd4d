import { Inject, Injectable } from '@nestjs/common';

import { DOKU_OPTIONS } from '../doku.tokens.js';
import {
  type DeliveryHealth,
  type DurableDelivery,
  isDurable,
} from '../notifications/durable-delivery.js';
import { describeFailure } from '../notifications/describe-failure.js';
import {
  NOTIFICATION_DELIVERY,
  type NotificationDelivery,
} from '../notifications/notification-delivery.js';
import type { ResolvedDokuOptions } from '../options/resolved-doku-options.js';
import { b2bGrant } from '../tokens/token-grant.js';
import { TokenKeeper } from '../tokens/token-keeper.js';
import type { DokuHealthReport, DokuTokenFreshness, HealthReporting } from './health-report.js';

/** Longest reason that is shown. */
const MAX_REASON = 200;

type EngineReport = Omit<DokuHealthReport, 'tokens'>;

/** Asks the delivery in use, and looks at the tokens of this process. */
@Injectable()
export class HealthReporter implements HealthReporting {
  constructor(
    @Inject(NOTIFICATION_DELIVERY) private readonly delivery: NotificationDelivery,
    private readonly tokens: TokenKeeper,
    @Inject(DOKU_OPTIONS) private readonly options: ResolvedDokuOptions,
  ) {}

  async report(timeoutMs: number): Promise<DokuHealthReport> {
    const engine: EngineReport = isDurable(this.delivery)
      ? engineReport(await healthInTime(this.delivery, timeoutMs))
      : { state: 'ok', engine: 'inline' };
    return { ...engine, tokens: this.freshness() };
  }

  private freshness(): Record<string, DokuTokenFreshness> {
    const { merchants, baseUrl } = this.options;
    return Object.fromEntries(
      [...merchants].flatMap(([name, merchant]) => {
        const life = this.tokens.lifeOf(b2bGrant(merchant, baseUrl));
        if (!life) return [];
        const now = Date.now();
        const ageMs = Math.max(0, now - life.obtainedAt);
        return [[name, { ageMs, remainingMs: Math.max(0, life.expiresAt - now) }]];
      }),
    );
  }
}

type EngineHealth =
  | DeliveryHealth
  | { readonly reachable: false; readonly engine: 'unknown'; readonly reason: string };

/** An engine that is down may well not answer at all, whatever its client promises. */
async function healthInTime(delivery: DurableDelivery, timeoutMs: number): Promise<EngineHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<EngineHealth>((resolve) => {
    timer = setTimeout(() => {
      resolve({
        reachable: false,
        engine: 'unknown',
        reason: `no answer within ${timeoutMs} ms`,
      });
    }, timeoutMs);
  });
  try {
    return await Promise.race([delivery.health(), late]);
  } catch (error) {
    return { reachable: false, engine: 'unknown', reason: describeFailure(error).summary };
  } finally {
    clearTimeout(timer);
  }
}

function engineReport(health: EngineHealth): EngineReport {
  const { engine } = health;
  if (!health.reachable) return { state: 'unreachable', engine, reason: shown(health.reason) };
  const { oldestWaitingMs, deadLetters } = health;
  return { state: deadLetters > 0 ? 'degraded' : 'ok', engine, oldestWaitingMs, deadLetters };
}

/** Whoever may see the health of an app may not see the password in a connection's address. */
function shown(reason: string): string {
  return reason.replace(/\/\/\S*@/g, '//[redacted]@').slice(0, MAX_REASON);
}
