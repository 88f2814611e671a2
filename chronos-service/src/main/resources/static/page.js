import * as api from './api.js';
import { graph } from './graph.js';
import { job, jobs, runs } from './jobs.js';

const EVERY_MILLIS = 2000;
const view = document.getElementById('view');
const problem = document.getElementById('problem');
const searches = {
  jobs: { q: '', sort: 'name', offset: 0 },
  runs: { job: '', state: '', text: '', from: '', to: '', offset: 0 },
};
let latest = 0;

/** Draws what the address asks for; of several drawings under way, the one begun last counts. */
async function draw() {
  const mine = ++latest;
  const [room, name] = (location.hash.slice(1) || 'jobs').split('/');
  const again = (search) => {
    if (search) {
      searches[room] = search;
    }
    draw();
  };
  const rooms = {
    jobs: () => jobs(searches.jobs, again),
    runs: () => runs(searches.runs, again),
    job: () => job(decodeURIComponent(name ?? ''), again),
    graph,
  };
  try {
    const content = await (rooms[room] ?? rooms.jobs)();
    const { leader } = await api.leader();
    if (mine === latest) {
      view.replaceChildren(...content);
      document.getElementById('leader').textContent = leader ? 'leader ' + leader : 'no leader';
      problem.hidden = true;
    }
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
}

/** Not while somebody types, reads a log or has a dialog open, and not in a tab that nobody sees. */
function poll() {
  const busy = document.hidden || document.getElementById('dialog').open
    || view.contains(document.activeElement) || document.getElementById('log')?.hidden === false;
  if (!busy) {
    draw();
  }
}

window.addEventListener('hashchange', draw);
window.addEventListener('unhandledrejection', (event) => {
  problem.textContent = event.reason.message;
  problem.hidden = false;
});
setInterval(poll, EVERY_MILLIS);
draw();
