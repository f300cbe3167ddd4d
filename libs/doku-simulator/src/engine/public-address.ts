/** Where browsers reach the simulator; set once it listens. */
export class PublicAddress {
  url = '';
}
