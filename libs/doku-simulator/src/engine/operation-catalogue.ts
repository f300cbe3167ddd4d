import { Injectable } from '@nestjs/common';
import type { CataloguedOperation } from './operation.js';

/** All operations; each channel adds its own when it is made. */
@Injectable()
export class OperationCatalogue {
  private readonly operations: CataloguedOperation[] = [];

  add(operations: readonly CataloguedOperation[]): void {
    this.operations.push(...operations);
    // Those of SNAP last, in whatever order Nest makes the channels.
    this.operations.sort((a, b) => Number(a.scheme === 'snap') - Number(b.scheme === 'snap'));
  }

  get names(): string[] {
    return this.operations.map(({ name }) => name);
  }

  get all(): readonly CataloguedOperation[] {
    return this.operations;
  }

  find(name: string): CataloguedOperation | undefined {
    return this.operations.find((operation) => operation.name === name);
  }

  /** Method and path of each address, told once though channels may share it. */
  get addresses(): string[] {
    return [...new Set(this.operations.map(({ method, path }) => `${method} ${path}`))];
  }

  /** The operations on a path, whatever their method. */
  onPath(path: string): CataloguedOperation[] {
    return this.operations.filter((operation) => {
      const [fixed = operation.path, variable] = operation.path.split(':');
      if (variable === undefined) return path === fixed;
      return path.startsWith(fixed) && path.length > fixed.length;
    });
  }
}
