/** Calls to the REST interface. A refusal becomes an Error with the sentence that the server gave. */
const BASE = 'v1/scheduler/';

async function call(method, path, body) {
  const response = await fetch(BASE + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    let message = text;
    try {
      message = JSON.parse(text).message;
    } catch {
      // an answer that is not ours: shown as it is
    }
    throw new Error(message || `${response.status} ${response.statusText}`);
  }
  return text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text;
}

const part = encodeURIComponent;
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();
const kind = (job) => (job.parents?.length ? 'dependency' : 'iso8601');

export const leader = () => call('GET', 'leader');
export const summary = (search) => call('GET', 'jobs/summary?' + query(search));
export const job = (name) => call('GET', 'job/' + part(name));
export const next = (name) => call('GET', `job/${part(name)}/next?count=10`);
export const save = (job) => call('POST', kind(job), job);
export const check = (job) => call('POST', kind(job) + '?dryRun=true', job);
export const run = (name, asked) => call('POST', `job/${part(name)}/runs`, asked);
export const backfill = (name, from, to) => call('POST', `job/${part(name)}/backfill?` + query({ from, to }));
export const pause = (name) => call('PUT', `job/${part(name)}/pause`);
export const resume = (name) => call('PUT', `job/${part(name)}/resume`);
export const kill = (name) => call('DELETE', 'task/kill/' + part(name));
export const remove = (name, children) => call('DELETE', `job/${part(name)}?` + query({ children }));
export const runsOf = (name) => call('GET', `job/${part(name)}/runs?limit=50`);
export const runs = (search) => call('GET', 'runs?' + query(search));
export const log = (name, task, file) => call('GET', `job/${part(name)}/runs/${part(task)}/log?` + query({ file }));
export const graph = () => call('GET', 'graph/csv');
