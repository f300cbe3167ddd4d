import type { DokuNotificationOptions } from './doku-module-options.js';
import type { ResolvedDokuOptions } from './resolved-doku-options.js';
import { checkChoice, checkDuration, checkPath, checkSwitch } from './setting.js';

/** @throws DokuConfigurationError that names the option and what to change */
export function resolveNotificationOptions(
  given: DokuNotificationOptions,
): ResolvedDokuOptions['notifications'] {
  const prefix = checkPath(given.path ?? 'doku', 'notifications.path', true);
  return {
    enabled: checkSwitch(given.enabled ?? true, 'notifications.enabled'),
    paths: {
      nonSnap:
        given.paths?.nonSnap === undefined
          ? `${prefix}/notifications`
          : checkPath(given.paths.nonSnap, 'notifications.paths.nonSnap'),
    },
    publicBasePath: checkPath(given.publicBasePath ?? '', 'notifications.publicBasePath', true),
    listenerDeadlineMs: checkDuration(
      given.listenerDeadlineMs ?? 8_000,
      'notifications.listenerDeadlineMs',
    ),
    unhandled: checkChoice(
      given.unhandled ?? 'accept',
      ['accept', 'refuse'],
      'notifications.unhandled',
    ),
  };
}
