import * as api from './api.js';
import { ask, away, el, field, local } from './dom.js';

const PAGE = 50;
const COLUMNS = [['name', 'Job'], ['next', 'Next run'], ['status', 'Status'], ['state', 'State']];

/** All jobs: counts, search, sort, pages. */
export async function jobs(search, refresh) {
  const answer = await api.summary({ ...search, limit: PAGE });
  const show = (change) => refresh({ ...search, ...change });
  return [
    el('div', { class: 'tiles' }, ...Object.entries(answer.counts).map(([name, count]) =>
      el('div', { class: 'tile' }, el('b', { class: name }, String(count)), name))),
    el('div', { class: 'bar' },
      el('input', {
        id: 'search', type: 'search', placeholder: 'Search', value: search.q, 'aria-label': 'Search',
        onchange: (event) => show({ q: event.target.value, offset: 0 }),
      }),
      el('button', { onclick: () => edit('New scheduled job', scheduled(), refresh) }, 'New scheduled job'),
      el('button', { onclick: () => edit('New dependent job', dependent(), refresh) }, 'New dependent job'),
      el('span', { class: 'end' }, `${answer.jobs.length ? search.offset + 1 : 0}–${search.offset + answer.jobs.length} of ${answer.total}`),
      el('button', { disabled: search.offset === 0, onclick: () => show({ offset: Math.max(0, search.offset - PAGE) }) }, 'Previous'),
      el('button', { disabled: search.offset + PAGE >= answer.total, onclick: () => show({ offset: search.offset + PAGE }) }, 'Next')),
    el('table', { id: 'jobs' },
      el('thead', {}, el('tr', {}, ...COLUMNS.map(([name, label]) =>
        el('th', {}, el('button', { onclick: () => show({ sort: name, offset: 0 }) }, label + (search.sort === name ? ' ↓' : '')))),
      el('th', {}, 'Actions'))),
      el('tbody', {}, ...answer.jobs.map((job) => row(job, refresh)))),
  ];
}

function row(job, refresh) {
  const idle = job.disabled || job.paused;
  return el('tr', {},
    el('td', { class: job.disabled ? 'off' : '', title: job.disabled ? 'disabled' : '' },
      el('a', { href: '#job/' + encodeURIComponent(job.name) }, job.name), job.paused ? ' (paused)' : ''),
    el('td', { class: job.next && away(job.next) === 'OVERDUE' && !idle ? 'overdue' : '', title: `${local(job.next)} ${job.schedule || 'after ' + job.parents.join(', ')}` },
      job.next && !idle ? away(job.next) : '—'),
    el('td', { class: job.status }, job.status),
    el('td', { class: job.state }, job.state),
    el('td', {}, ...actions(job.name, job.paused, refresh)));
}

function actions(name, paused, refresh) {
  return [
    el('button', { onclick: () => runNow(name, refresh) }, 'Run'),
    el('button', { onclick: async () => edit('Save job', await api.job(name), refresh) }, 'Edit'),
    el('button', { onclick: async () => { await (paused ? api.resume(name) : api.pause(name)); refresh(); } }, paused ? 'Resume' : 'Pause'),
    el('button', { onclick: () => ask('Stop tasks', [el('p', {}, `All running tasks of ${name} are killed.`)], () => api.kill(name), refresh) }, 'Stop'),
    el('button', { onclick: () => remove(name, refresh) }, 'Delete'),
  ];
}

function runNow(name, refresh) {
  ask('Run now', [
    el('p', {}, name),
    field('Arguments', el('input', { name: 'arguments' })),
    field('Other command, for this run only', el('input', { name: 'command' })),
  ], (asked) => api.run(name, Object.fromEntries(Object.entries(asked).filter(([, value]) => value))), refresh);
}

function remove(name, refresh) {
  const options = [['reparent', 'take its place'], ['orphan', 'lose it as a parent'], ['cascade', 'are deleted with it'], ['refuse', 'keep it from being deleted']];
  ask('Delete job', [
    el('p', {}, `${name} and what runs of it are gone for good.`),
    field('Jobs that depend on it', el('select', { name: 'children' },
      ...options.map(([value, label]) => el('option', { value }, label)))),
  ], ({ children }) => api.remove(name, children), () => { location.hash = '#jobs'; refresh(); });
}

const scheduled = () => ({ name: '', command: '', schedule: '0 9 * * 1-5', scheduleTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, owner: '', cpus: 0.1, mem: 128, retries: 2 });
const dependent = () => ({ name: '', command: '', parents: [''], owner: '', cpus: 0.1, mem: 128, retries: 2 });

/** A job as JSON, with a look ahead before it is saved. */
function edit(title, job, refresh) {
  const text = el('textarea', { name: 'json', spellcheck: 'false', 'aria-label': 'Job as JSON' });
  text.value = JSON.stringify(job, null, 2);
  const ahead = el('button', {
    type: 'button',
    async onclick() {
      try {
        const { next } = await api.check(JSON.parse(text.value));
        open.refuse(next.length ? 'Would run ' + next.map(local).join('; ') : 'Would run after its parents');
      } catch (error) {
        open.refuse(error.message);
      }
    },
  }, 'Check');
  const open = ask(title, [text, ahead], ({ json }) => api.save(JSON.parse(json)), refresh);
}

/** One job: its firings, runs and logs. */
export async function job(name, refresh) {
  const [one, runs] = await Promise.all([api.job(name), api.runsOf(name)]);
  const ahead = one.schedule ? (await api.next(name)).next : [];
  const output = el('pre', { id: 'log', hidden: true });
  return [
    el('h2', {}, name), el('p', {}, one.description),
    el('div', { class: 'bar' }, ...actions(name, one.paused, refresh),
      el('button', { disabled: !one.schedule, onclick: () => fill(name, refresh) }, 'Fill in the past')),
    el('section', {}, el('h3', {}, one.schedule ? `${one.schedule} ${one.scheduleTimeZone}` : 'After ' + one.parents.join(', ')),
      el('ol', {}, ...ahead.map((time) => el('li', {}, local(time))))),
    el('section', {}, el('h3', {}, 'Runs'), runTable(runs, output), output),
    el('section', {}, el('h3', {}, 'Definition'), el('pre', {}, JSON.stringify(one, null, 2))),
  ];
}

function fill(name, refresh) {
  ask('Fill in', [
    field('From', el('input', { name: 'from', placeholder: '2030-01-01T00:00:00Z', required: true })),
    field('To, not included', el('input', { name: 'to', placeholder: '2030-01-02T00:00:00Z', required: true })),
  ], ({ from, to }) => api.backfill(name, from, to), refresh);
}

/** Runs of all jobs, found by what is known of them. */
export async function runs(search, refresh) {
  const found = await api.runs(search);
  const output = el('pre', { id: 'log', hidden: true });
  const input = (name, label) => el('input', {
    placeholder: label, 'aria-label': label, value: search[name],
    onchange: (event) => refresh({ ...search, [name]: event.target.value, offset: 0 }),
  });
  return [
    el('div', { class: 'bar' }, input('job', 'Job'), input('state', 'State, as FAILED'), input('text', 'Message, task or host'),
      input('from', 'From 2030-01-01T00:00:00Z'), input('to', 'To')),
    runTable(found, output), output,
  ];
}

function runTable(runs, output) {
  const head = ['Job', 'For', 'Why', 'Attempt', 'Began', 'Ended', 'State', 'Where', 'Message', 'Log'];
  return el('table', { class: 'runs' },
    el('thead', {}, el('tr', {}, ...head.map((label) => el('th', {}, label)))),
    el('tbody', {}, ...runs.map((run) => el('tr', {},
      el('td', {}, el('a', { href: '#job/' + encodeURIComponent(run.job) }, run.job)),
      el('td', {}, local(run.nominalTime)), el('td', {}, run.cause.toLowerCase()), el('td', {}, String(run.attempt)),
      el('td', {}, local(run.startTime)), el('td', {}, local(run.endTime)),
      el('td', { class: run.state }, run.state), el('td', {}, run.hostname), el('td', {}, run.message),
      el('td', {}, ...(run.sandbox ? ['stdout', 'stderr'].map((file) => el('button', { onclick: () => showLog(run, file, output) }, file)) : []))))));
}

async function showLog(run, file, output) {
  output.hidden = false;
  try {
    output.textContent = (await api.log(run.job, run.taskId, file)).data || '(empty)';
  } catch (error) {
    output.textContent = error.message;
  }
}
