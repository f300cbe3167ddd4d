export { type RedisClient, redisTokenStore } from './redis-token-store.js';
