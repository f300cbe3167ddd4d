import { Injectable } from '@nestjs/common';
import type { Operation } from './operation.js';

/** All operations; each channel adds its own when it is made. */
@Injectable()
export class OperationCatalogue {
  private readonly operations: Operation[] = [];

  add(operations: readonly Operation[]): void {
    this.operations.push(...operations);
  }

  get names(): string[] {
    return this.operations.map(({ name }) => name);
  }

  get all(): readonly Operation[] {
    return this.operations;
  }

  /** The operations on a path, whatever their method. */
  onPath(path: string): Operation[] {
    return this.operations.filter((operation) => {
      const [fixed = operation.path, variable] = operation.path.split(':');
      if (variable === undefined) return path === fixed;
      return path.startsWith(fixed) && path.length > fixed.length;
    });
  }
}
