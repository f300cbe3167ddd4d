import { isObject } from '../../http/members.js';

/** What names a channel in `additionalInfo.channel` (reference snap 11); `false` leaves it out. */
export type ChannelCode = string | false;

interface WithInfo {
  readonly additionalInfo?: object;
}

/** The body with the channel's code in it. */
export function withChannel<Body extends WithInfo>(body: Body, channel: ChannelCode): Body {
  if (channel === false) return body;
  return { ...body, additionalInfo: { ...body.additionalInfo, channel } };
}

/** A caller need not name the channel; one that does must mean this one. */
export function channelProblems(
  { additionalInfo }: WithInfo,
  channel: ChannelCode,
): readonly string[] {
  if (channel === false || !isObject(additionalInfo)) return [];
  const given = additionalInfo.channel ?? channel;
  return given === channel
    ? []
    : [
        `additionalInfo.channel must be ${channel} or left out; another code is an option of the channel`,
      ];
}
