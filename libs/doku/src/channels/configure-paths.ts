import { DokuConfigurationError } from '../errors/doku-configuration.error.js';
import type { DokuOperation } from '../http/doku-operation.js';
import { requestTarget } from '../http/request-target.js';

/**
 * A channel's operations with the paths that the options replace.
 *
 * @throws DokuConfigurationError for an operation that the channel does not have, or an unusable path
 */
export function configurePaths<Operations extends Record<string, DokuOperation>>(
  operations: Operations,
  paths: Partial<Record<keyof Operations, string>> = {},
  option: string,
): Operations {
  const configured: Operations = { ...operations };
  for (const name of Object.keys(paths) as (keyof Operations & string)[]) {
    const operation = configured[name];
    const path = paths[name];
    if (!Object.hasOwn(operations, name)) {
      throw new DokuConfigurationError(
        'names no operation of this channel',
        `${option}.${name}`,
        `Use one of ${Object.keys(operations).join(', ')}.`,
      );
    }
    if (path === undefined) continue;
    const checked = requestTarget(path, {});
    if ('problem' in checked) {
      throw new DokuConfigurationError(checked.problem, `${option}.${name}`, 'Give such a path.');
    }
    configured[name] = { ...operation, path };
  }
  return configured;
}
