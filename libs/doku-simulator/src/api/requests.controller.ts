import { BadRequestException, Controller, Delete, Get, HttpCode, Query } from '@nestjs/common';
import { OperationCatalogue } from '../engine/operation-catalogue.js';
import {
  RequestRecorder,
  type OperationCounters,
  type RecordedRequest,
} from '../engine/request-recorder.js';

/** What came in. */
@Controller('_simulator')
export class RequestsController {
  constructor(
    private readonly recorder: RequestRecorder,
    private readonly catalogue: OperationCatalogue,
  ) {}

  @Get('requests')
  list(
    // A repeated parameter arrives as an array.
    @Query('operation') operation?: unknown,
    @Query('last') last?: string,
  ): readonly RecordedRequest[] {
    const records = this.recorder.list(this.readOperation(operation));
    if (last === undefined) return records;
    if (!/^[1-9][0-9]{0,5}$/.test(last)) {
      throw new BadRequestException(`"last" must be a whole number above 0, not "${last}".`);
    }
    return records.slice(-Number(last));
  }

  @Delete('requests')
  @HttpCode(204)
  clear(): void {
    this.recorder.clear();
  }

  @Get('counters')
  counters(): Record<string, OperationCounters> {
    return Object.fromEntries(
      this.recordedNames.map((name) => [name, this.recorder.countersOf(name)]),
    );
  }

  /** Calls that no operation takes are recorded as `unknown`. */
  private get recordedNames(): string[] {
    return [...this.catalogue.names, 'unknown'];
  }

  private readOperation(given: unknown): string | undefined {
    if (given === undefined) return undefined;
    const operation = this.recordedNames.find((name) => name === given);
    if (operation === undefined) {
      throw new BadRequestException(
        `"operation" cannot be ${JSON.stringify(given)}; choose one of ${this.recordedNames.join(', ')}.`,
      );
    }
    return operation;
  }
}
