import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { FAULT_KINDS, FaultBook, type Fault } from '../engine/faults.js';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import { ApiInput, JsonBody } from './api-input.js';
import type { JsonObject } from '../engine/json.js';

/** Longest pause that a fault may ask for; longer than any client waits. */
const LONGEST_FAULT_MS = 600_000;

/** What is to go wrong. */
@Controller('_simulator/faults')
export class FaultsController {
  constructor(
    private readonly faults: FaultBook,
    private readonly catalogue: OperationCatalogue,
  ) {}

  @Post()
  add(@JsonBody() body: JsonObject): Fault {
    const input = new ApiInput(body).allowOnly(
      'operation',
      'fault',
      'times',
      'ms',
      'processed',
      'location',
    );
    const ms = input.optionalWhole('ms', { min: 1, max: LONGEST_FAULT_MS });
    const processed = input.optionalBoolean('processed');
    const location = input.optionalWebAddress('location');
    return this.faults.add({
      operation: input.choice('operation', ['*', ...this.catalogue.names]),
      fault: input.choice('fault', FAULT_KINDS),
      times: input.isNull('times') ? null : (input.optionalWhole('times', { min: 1 }) ?? 1),
      ...(ms !== undefined && { ms }),
      ...(processed !== undefined && { processed }),
      ...(location !== undefined && { location }),
    });
  }

  @Get()
  list(): readonly Fault[] {
    return this.faults.list();
  }

  @Delete()
  @HttpCode(204)
  clear(): void {
    this.faults.clear();
  }
}
