import type { DokuAlarm } from './doku-alarm.js';

/** The one line of an alarm in the log: facts, and nothing of a payload. */
export function alarmLine(alarm: DokuAlarm): string {
  return `alarm type=${alarm.type} at=${alarm.at} ${factsOf(alarm)}`;
}

function factsOf(alarm: DokuAlarm): string {
  switch (alarm.type) {
    case 'dead-lettered': {
      const { id, listener, event, cause, reason, attempts } = alarm.deadLetter;
      return (
        `deadLetter=${JSON.stringify(id)}` +
        (listener === undefined ? '' : ` listener=${listener}`) +
        ` cause=${cause} attempts=${attempts} event=${event.type} id=${event.id}` +
        ` channel=${JSON.stringify(event.channel)} merchant=${event.merchant}` +
        ` reference=${JSON.stringify(event.reference ?? '')} reason=${JSON.stringify(reason)}`
      );
    }
    case 'engine-unreachable':
      return `engine=${alarm.engine} reason=${JSON.stringify(alarm.reason)}`;
    case 'engine-recovered':
      return `engine=${alarm.engine} downMs=${alarm.downMs}`;
  }
}
