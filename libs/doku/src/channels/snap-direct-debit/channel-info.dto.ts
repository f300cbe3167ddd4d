import { OptionalIdentifier } from '../../validation/text.decorators.js';

/** `additionalInfo` of a request that carries nothing in it but the channel. */
export class SnapChannelInfoDto {
  /** Filled in from the options; another code than theirs is refused. */
  @OptionalIdentifier(64)
  channel?: string;
}
