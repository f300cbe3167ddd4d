import { isIPv4 } from 'node:net';

import { describeGiven } from '../validation/describe-given.js';
import type { DokuCallOptions } from './doku-call-options.js';
import type { SnapHeaderRules } from './doku-operation.js';

/** How Node shows an IPv4 caller on a socket that takes both kinds. */
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/i;
const SHORTEST_ADDRESS = 10;

/**
 * The headers that only some SNAP calls have, and what is wrong with what they are made of
 * (reference snap 5).
 */
export function snapCallHeaders(
  { ipAddress = 'optional', deviceId = 'optional', channelId }: SnapHeaderRules,
  options: Pick<DokuCallOptions, 'ipAddress' | 'deviceId'>,
): { readonly headers: Readonly<Record<string, string>>; readonly problems: readonly string[] } {
  const headers: Record<string, string> = {};
  const problems: string[] = [];
  const add = (
    name: string,
    member: 'ipAddress' | 'deviceId',
    rule: 'required' | 'optional' | 'never',
    read: (value: unknown) => { value: string } | { problem: string },
  ): void => {
    const given: unknown = options[member];
    if (rule === 'never') return;
    if (given === undefined) {
      if (rule === 'required') problems.push(`${member} is mandatory here: it goes into ${name}`);
      return;
    }
    const checked = read(given);
    if ('value' in checked) headers[name] = checked.value;
    else problems.push(`${checked.problem} (given ${describeGiven(member, given)})`);
  };
  add('X-IP-ADDRESS', 'ipAddress', ipAddress, readAddress);
  add('X-DEVICE-ID', 'deviceId', deviceId, readDevice);
  if (channelId) headers[channelId.name] = channelId.value;
  return { headers, problems };
}

function readAddress(given: unknown): { value: string } | { problem: string } {
  const value = typeof given === 'string' ? given.replace(MAPPED_IPV4, '') : '';
  if (isIPv4(value) && value.length >= SHORTEST_ADDRESS) return { value };
  return {
    problem:
      'ipAddress must be an IPv4 address of 10 to 15 characters such as 192.168.1.1, since DOKU takes no shorter one and no IPv6: send an address of your own server in its place',
  };
}

function readDevice(given: unknown): { value: string } | { problem: string } {
  if (typeof given === 'string' && /^[A-Za-z0-9]{1,64}$/.test(given)) return { value: given };
  return {
    problem: 'deviceId must be 1 to 64 letters and digits, such as a SHA-256 hash in hexadecimal',
  };
}
