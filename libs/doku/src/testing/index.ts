export {
  dokuNotificationFixtures,
  type NotificationFixtureInput,
} from './doku-notification-fixtures.js';
export {
  type SignDokuNotificationInput,
  signDokuNotification,
  type SignedDokuNotification,
} from './sign-doku-notification.js';
