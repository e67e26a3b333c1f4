// nlp.js as it comes; messages that fit no topic are examples of its own "None". Job and answers are as in protocol.py.

const fs = require('fs');
const { NlpManager } = require('node-nlp');

const NONE = 'None';
const file = process.argv[2];

function cpuSeconds() {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function trained(job) {
  const manager = new NlpManager({ languages: ['en'], autoSave: false, nlu: { log: false } });
  for (const [text, topic] of job.learned) manager.addDocument('en', text, topic === null ? NONE : topic);
  await manager.train();
  return manager;
}

async function read(manager, text) {
  const found = await manager.process('en', text);
  const best = found.classifications.find((one) => one.intent !== NONE);
  return best ? [best.intent, best.score, found.intent === NONE] : ['', 0, true];
}

async function main() {
  const job = JSON.parse(fs.readFileSync(file, 'utf8'));
  const started = performance.now();
  const startedCpu = cpuSeconds();
  const manager = await trained(job);
  const seconds = (performance.now() - started) / 1000;
  const secondsCpu = cpuSeconds() - startedCpu;
  for (const text of job.asked.slice(0, 5)) await read(manager, text);
  const answers = [];
  const times = [];
  const before = cpuSeconds();
  for (const text of job.asked) {
    const begin = performance.now();
    answers.push(await read(manager, text));
    times.push(performance.now() - begin);
  }
  fs.writeFileSync(file.replace(/\.json$/, '.out.json'), JSON.stringify({
    reader: 'nlpjs',
    version: require('node-nlp/package.json').version,
    seconds_to_train: seconds,
    cpu_seconds_to_train: secondsCpu,
    milliseconds_a_message: median(times),
    cpu_milliseconds_a_message: (1000 * (cpuSeconds() - before)) / job.asked.length,
    answers,
  }));
}

main();
