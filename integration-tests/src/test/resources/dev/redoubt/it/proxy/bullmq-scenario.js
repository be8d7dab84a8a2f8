// A queue with a worker as BullMQ sets them up: scripts, blocking commands, a stream of events.
const {Queue, QueueEvents, Worker} = require('bullmq');

const [host, port] = process.argv.slice(2);
const connection = {host, port: Number(port)};

async function main() {
  const queue = new Queue('jobs', {connection});
  const events = new QueueEvents('jobs', {connection});
  [queue, events].forEach(one => one.setMaxListeners(0));
  let seen = 0;
  events.on('completed', () => seen++);
  await events.waitUntilReady();

  const worker = new Worker(
      'jobs',
      async job => {
        if (job.name === 'wrong') throw new Error('no more');
        return job.data.number * 2;
      },
      {connection, concurrency: 5});
  worker.on('error', error => console.log(`error ${error.message}`));

  const jobs = await queue.addBulk([...Array(50).keys()].map(number => ({name: 'double', data: {number}})));
  const results = await Promise.all(jobs.map(job => job.waitUntilFinished(events, 30_000)));
  console.log(`completed ${results.filter((result, number) => result === number * 2).length}`);

  const wrong = await queue.add('wrong', {}, {attempts: 1});
  const cause = await wrong.waitUntilFinished(events, 30_000).catch(error => error.message);
  console.log(`failed ${await queue.getFailedCount()} of 1: ${cause}`);

  const delayed = await queue.add('double', {number: 1}, {delay: 300});
  await delayed.waitUntilFinished(events, 30_000);
  console.log('delayed done');
  console.log(`events ${seen}`);

  await worker.close();
  await events.close();
  await queue.obliterate({force: true});
  await queue.close();
  console.log('done');
}

main().catch(error => {
  console.log(`error ${error.stack}`);
  process.exit(1);
});
