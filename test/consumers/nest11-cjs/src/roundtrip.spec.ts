import { expected, roundtrip } from './roundtrip';

it('registers a card, pays with it and takes in notifications', async () => {
  expect(await roundtrip()).toEqual(expected);
});
