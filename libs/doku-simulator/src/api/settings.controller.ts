import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ChangeFeed } from '../engine/change-feed.js';
import { Settings, type SimulatorSettings } from '../engine/settings.js';
import { ApiInput, JsonBody } from './api-input.js';
import type { JsonObject } from '../engine/json.js';

const SWITCHES = ['idempotency', 'notifications', 'notifyRefunds', 'checkLineItems'] as const;
const DURATIONS = ['timestampToleranceMs', 'notificationTimeoutMs'] as const;
const DAY_MS = 24 * 3_600_000;

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
    const input = new ApiInput(body).allowOnly(...SWITCHES, ...DURATIONS);
    const changes: { -readonly [Name in keyof SimulatorSettings]?: SimulatorSettings[Name] } = {};
    for (const name of SWITCHES) {
      const value = input.optionalBoolean(name);
      if (value !== undefined) changes[name] = value;
    }
    for (const name of DURATIONS) {
      const value = input.optionalWhole(name, { min: 1, max: DAY_MS });
      if (value !== undefined) changes[name] = value;
    }
    const changed = this.settings.change(changes);
    this.feed.announce();
    return changed;
  }
}
