import { isObject } from '../../http/members.js';

/** What every SNAP answer tells; an answer that is still in progress may lack even this. */
export interface SnapAnswer {
  /** 7 digits: HTTP status, service, case. `snapResponseCode` explains them. */
  readonly responseCode?: string;
  readonly responseMessage?: string;
}

/** An amount in an answer. */
export interface SnapAmount {
  /** IDR with two decimals, such as `'50000.00'`; as sent, where unreadable. */
  readonly value: string;
  readonly currency?: string;
}

export type Members = Readonly<Record<string, unknown>>;

/** Whether DOKU has done what was asked, or only taken it in (HTTP 202). */
export type Progress = 'done' | 'in-progress';

/** The members of an answer; one that is in progress need not be an object, nor have any. */
export function membersOf(answer: unknown, progress: Progress): Members | undefined {
  if (isObject(answer)) return answer;
  return progress === 'in-progress' ? {} : undefined;
}

/** Reads an answer with which nothing can be done before it is complete: one in progress is none. */
export function completeAnswer(
  read: (members: Members) => Members = (members) => members,
): (answer: unknown, progress: Progress) => Members | undefined {
  return (answer, progress) => (progress === 'done' && isObject(answer) ? read(answer) : undefined);
}

/** Reads an answer to something that may take its time: `status` tells whether it is done. */
export function answerWithStatus(
  done: string,
): (answer: unknown, progress: Progress) => Members | undefined {
  return (answer, progress) => {
    const members = membersOf(answer, progress);
    return members && { ...members, status: progress === 'done' ? done : 'in-progress' };
  };
}

/** Gives a member its documented name where DOKU used another. */
export function named(documented: string, other: string, members: Members): Members {
  if (!Object.hasOwn(members, other) || (members[documented] ?? undefined) !== undefined) {
    return members;
  }
  const { [other]: value, ...rest } = members;
  return { ...rest, [documented]: value };
}

/** The same within an object that may be missing. */
export function namedWithin(
  parent: string,
  documented: string,
  other: string,
  members: Members,
): Members {
  const part = members[parent];
  return isObject(part) ? { ...members, [parent]: named(documented, other, part) } : members;
}
