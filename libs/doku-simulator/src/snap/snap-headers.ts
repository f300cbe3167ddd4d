import { isIPv4 } from 'node:net';
import { headerValues, type RawRequest } from '../engine/raw-request.js';
import { SnapError } from './snap-error.js';
import type { HeaderForms, HeaderTable } from './snap-operation.js';

/** A header's only value, if it was sent. */
export function optionalHeader(request: RawRequest, name: string): string | undefined {
  const values = headerValues(request, name);
  if (values.length > 1) {
    throw SnapError.malformed(name, `it was sent ${values.length} times; send it once.`);
  }
  return values[0] === '' ? undefined : values[0];
}

export function requiredHeader(request: RawRequest, name: string): string {
  const value = optionalHeader(request, name);
  if (value === undefined) throw SnapError.missing(name, 'the header is not sent.');
  return value;
}

/** DOKU's bodies are JSON, and say so. */
export function checkContentType(request: RawRequest): void {
  const type = requiredHeader(request, 'Content-Type');
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw SnapError.malformed('Content-Type', `it must be application/json, not "${type}".`);
  }
}

/** The headers that vary from operation to operation (snap reference 5). */
export function checkHeaderTable(
  request: RawRequest,
  table: HeaderTable,
  forms: HeaderForms = DIRECT_DEBIT_FORMS,
): void {
  for (const [name, use] of Object.entries(table)) {
    if (use === 'forbidden') {
      if (headerValues(request, name).length > 0) {
        throw SnapError.malformed(name, 'this operation takes no such header; leave it out.');
      }
      continue;
    }
    const value =
      use === 'required' ? requiredHeader(request, name) : optionalHeader(request, name);
    const complaint = value === undefined ? undefined : findFlaw(name, value, forms);
    if (complaint !== undefined) throw SnapError.malformed(name, complaint);
  }
}

const DIRECT_DEBIT_FORMS: HeaderForms = {
  longestDeviceId: 64,
  channelId: /^(DH|H2H)$/,
  channelIdForm: 'DH or H2H',
};

function findFlaw(name: string, value: string, forms: HeaderForms): string | undefined {
  switch (name) {
    case 'X-IP-ADDRESS':
      if (value.length >= 10 && value.length <= 15 && isIPv4(value)) return undefined;
      return `it must be an IPv4 address of 10 to 15 characters, not "${value}".`;
    case 'X-DEVICE-ID':
      if (value.length <= forms.longestDeviceId) return undefined;
      return `at most ${forms.longestDeviceId} characters, not ${value.length}.`;
    case 'CHANNEL-ID':
      if (forms.channelId.test(value)) return undefined;
      return `it must be ${forms.channelIdForm}, not "${value}".`;
    default:
      return undefined;
  }
}
