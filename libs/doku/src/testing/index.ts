export {
  dokuNotificationFixtures,
  type NotificationFixtureInput,
} from './doku-notification-fixtures.js';
export {
  dokuSnapNotificationFixtures,
  type SnapBindingFixtureInput,
  type SnapNotificationFixtureInput,
} from './doku-snap-notification-fixtures.js';
export {
  type SignDokuNotificationInput,
  signDokuNotification,
  type SignedDokuNotification,
} from './sign-doku-notification.js';
export { type SignSnapNotificationInput, signSnapNotification } from './sign-snap-notification.js';
export { type SignTokenRequestInput, signTokenRequest } from './sign-token-request.js';
