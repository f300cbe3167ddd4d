import { BadRequestException, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import * as choices from '../engine/settings.js';
import { Settings, type KkiMembers, type SimulatorSettings } from '../engine/settings.js';
import { ApiInput, JsonBody } from './api-input.js';
import type { JsonObject } from '../engine/json.js';

const SWITCHES = [
  'idempotency',
  'notifications',
  'notifyRefunds',
  'checkLineItems',
  'newestTokenWins',
  'bareCustomerToken',
  'notifyBindings',
] as const;
/** Names that a member of a body can have. */
const MEMBER_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const OWN_MEMBERS = ['partnerReferenceNo', 'amount', 'additionalInfo'];
const DURATIONS = ['timestampToleranceMs', 'notificationTimeoutMs'] as const;
const DAY_MS = 24 * 3_600_000;
const MONTH_S = 30 * 24 * 3_600;

/** Reads and changes the settings; what is left out stays as it is. */
@Controller('_simulator/settings')
export class SettingsController {
  constructor(
    private readonly settings: Settings,
    private readonly feed: ChangeFeed,
  ) {}

  @Get()
  read(): SimulatorSettings {
    return this.settings.current;
  }

  @Post()
  @HttpCode(200)
  change(@JsonBody() body: JsonObject): SimulatorSettings {
    const input = new ApiInput(body).allowOnly(...Object.keys(this.settings.current));
    const changes: { -readonly [Name in keyof SimulatorSettings]?: SimulatorSettings[Name] } = {};
    for (const name of SWITCHES) {
      const value = input.optionalBoolean(name);
      if (value !== undefined) changes[name] = value;
    }
    for (const name of DURATIONS) {
      const value = input.optionalWhole(name, { min: 1, max: DAY_MS });
      if (value !== undefined) changes[name] = value;
    }
    const tokenLifeSeconds = input.optionalWhole('tokenLifeSeconds', { min: 1, max: MONTH_S });
    const kkiChannel = input.optionalText('kkiChannel');
    const kkiMembers = this.readKkiMembers(input.optionalObject('kkiMembers'));
    const changed = this.settings.change({
      ...changes,
      ...(tokenLifeSeconds !== undefined && { tokenLifeSeconds }),
      ...(kkiChannel !== undefined && { kkiChannel }),
      ...(kkiMembers !== undefined && { kkiMembers }),
      ...readChoices(input),
    });
    this.feed.announce();
    return changed;
  }

  private readKkiMembers(given: JsonObject | undefined): KkiMembers | undefined {
    if (given === undefined) return undefined;
    const input = new ApiInput(given).allowOnly('cpan', 'otp', 'token');
    const { kkiMembers } = this.settings.current;
    const members: KkiMembers = {
      cpan: input.optionalText('cpan') ?? kkiMembers.cpan,
      otp: input.optionalText('otp') ?? kkiMembers.otp,
      token: input.optionalText('token') ?? kkiMembers.token,
    };
    const names = Object.values(members) as string[];
    if (
      new Set([...names, ...OWN_MEMBERS]).size < names.length + OWN_MEMBERS.length ||
      !names.every((name) => MEMBER_NAME.test(name))
    ) {
      throw new BadRequestException(
        '"kkiMembers" must be three different names of letters, digits and underscores, none of which the body has already.',
      );
    }
    return members;
  }
}

function readChoices(input: ApiInput): Partial<SimulatorSettings> {
  const given = {
    customerTokenExpiry: input.optionalChoice(
      'customerTokenExpiry',
      choices.CUSTOMER_TOKEN_EXPIRIES,
    ),
    expiresInAs: input.optionalChoice('expiresInAs', choices.EXPIRES_IN_FORMS),
    alloSpelling: input.optionalChoice('alloSpelling', choices.ALLO_SPELLINGS),
    refundSuccessCode: input.optionalChoice('refundSuccessCode', choices.REFUND_SUCCESS_CODES),
    kkiConfirmation: input.optionalChoice('kkiConfirmation', choices.KKI_CONFIRMATIONS),
    walletConfirmation: input.optionalChoice('walletConfirmation', choices.WALLET_CONFIRMATIONS),
    walletSpelling: input.optionalChoice('walletSpelling', choices.WALLET_SPELLINGS),
    notificationToken: input.optionalChoice('notificationToken', choices.NOTIFICATION_TOKENS),
    snapNotificationSignature: input.optionalChoice(
      'snapNotificationSignature',
      choices.SNAP_SIGNATURES,
    ),
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}
