// What applications do with ioredis, with its default settings; says on standard output what came of it.
const Redis = require('ioredis');

const [host, port] = process.argv.slice(2);
const connect = () => new Redis(Number(port), host);

async function main() {
  const redis = connect();
  const other = connect();
  await redis.flushall();

  const replies = await redis.multi().incr('counter').incr('counter').exec();
  console.log(`transaction ${JSON.stringify(replies.map(([, value]) => value))}`);
  await redis.watch('counter');
  await other.set('counter', 2);
  console.log(`lost watch ${await redis.multi().set('counter', 0).exec()}`);

  redis.defineCommand('add', {numberOfKeys: 1, lua: "return redis.call('incrby', KEYS[1], ARGV[1])"});
  console.log(`script ${await redis.add('counter', 10)}`);

  const pipeline = redis.pipeline();
  for (let i = 0; i < 500; i++) pipeline.set(`piped:${i}`, `value-${i}`).get(`piped:${i}`);
  const results = await pipeline.exec();
  if (results[999][1] !== 'value-499') throw new Error(`pipeline gave ${results[999]}`);
  console.log(`pipeline ${results.length}`);

  const popped = redis.blpop('list', 10);
  await other.rpush('list', 'element');
  console.log(`blocking ${(await popped).join(' ')}`);

  const subscriber = connect();
  const heard = [];
  const both = new Promise(resolve => {
    const note = (...words) => heard.push(`message ${words.join(' ')}`) === 2 && resolve();
    subscriber.on('message', note);
    subscriber.on('pmessage', note);
  });
  await subscriber.subscribe('channel');
  await subscriber.psubscribe('top*');
  await other.publish('channel', 'hello');
  await other.publish('topic', 'hello');
  await both;
  heard.forEach(line => console.log(line));

  [redis, other, subscriber].forEach(one => one.disconnect());
  console.log('done');
}

main().catch(error => {
  console.log(`error ${error.stack}`);
  process.exit(1);
});
