import { BadRequestException, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { FAULT_KINDS, FaultBook, suits, type Fault, type FaultKind } from '../engine/faults.js';
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
      'responseCode',
    );
    const operation = input.choice('operation', ['*', ...this.catalogue.names]);
    const fault = input.choice('fault', FAULT_KINDS);
    this.demandSuitable(operation, fault);
    const responseCode = readResponseCode(input, fault);
    const ms = input.optionalWhole('ms', { min: 1, max: LONGEST_FAULT_MS });
    const processed = input.optionalBoolean('processed');
    const location = input.optionalWebAddress('location');
    return this.faults.add({
      operation,
      fault,
      times: input.isNull('times') ? null : (input.optionalWhole('times', { min: 1 }) ?? 1),
      ...(ms !== undefined && { ms }),
      ...(processed !== undefined && { processed }),
      ...(location !== undefined && { location }),
      ...(responseCode !== undefined && { responseCode }),
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

  /** Under `*` a fault passes over the calls that it cannot hit. */
  private demandSuitable(operation: string, fault: FaultKind): void {
    const known = this.catalogue.find(operation);
    if (known === undefined || suits(fault, known.scheme ?? 'non-snap')) return;
    throw new BadRequestException(
      known.scheme === 'snap'
        ? `"${fault}" cannot hit "${operation}": SNAP answers carry no signature and echo no id; choose another fault, or a non-SNAP operation.`
        : `"${fault}" cannot hit "${operation}": only SNAP answers have response codes; choose another fault, or a SNAP operation.`,
    );
  }
}

function readResponseCode(input: ApiInput, fault: FaultKind): string | undefined {
  const code = input.optionalText('responseCode');
  if (fault !== 'refuse') {
    if (code === undefined) return undefined;
    throw new BadRequestException(`"responseCode" belongs to the fault refuse, not to ${fault}.`);
  }
  if (code === undefined || !/^[2-5]\d{6}$/.test(code)) {
    throw new BadRequestException(
      '"responseCode" must be seven digits that begin with an HTTP status, such as "4035414".',
    );
  }
  return code;
}
