// Connects with ioredis's default settings and says on standard output when it is ready, and what it read.
const Redis = require('ioredis');

const [host, port] = process.argv.slice(2);
const redis = new Redis(Number(port), host);
redis.on('error', error => console.log(`error ${error.message}`));
redis.on('close', () => console.log('closed'));
redis.on('ready', async () => {
  console.log('ready');
  console.log(`set ${await redis.set('ioredis', 'during-the-outage')}`);
  console.log(`got ${await redis.get('ioredis')}`);
  redis.disconnect();
});
