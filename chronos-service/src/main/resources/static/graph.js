import * as api from './api.js';
import { el, svg } from './dom.js';

const WIDTH = 220;
const HEIGHT = 44;

/** Jobs in columns: each right of all its parents. */
export async function graph() {
  const states = new Map();
  const links = [];
  for (const line of (await api.graph()).split('\n')) {
    const [what, one, other] = line.split(',');
    if (what === 'node') {
      states.set(one, other);
    } else if (what === 'link') {
      links.push([one, other]);
    }
  }
  const linked = new Set(links.flat());
  const places = place([...linked], links);
  const alone = states.size - linked.size;
  const rows = Math.max(1, ...[...places.values()].map(({ row }) => row + 1));
  const columns = Math.max(1, ...[...places.values()].map(({ column }) => column + 1));
  const drawing = svg('svg', { width: columns * WIDTH, height: rows * HEIGHT });
  const at = (name) => ({ x: places.get(name).column * WIDTH + 4, y: places.get(name).row * HEIGHT + 4 });
  for (const [parent, child] of links) {
    const from = at(parent);
    const to = at(child);
    const start = from.x + WIDTH - 50;
    drawing.append(svg('path', { d: `M${start} ${from.y + 14} C${start + 30} ${from.y + 14} ${to.x - 30} ${to.y + 14} ${to.x} ${to.y + 14}` }));
  }
  for (const name of places.keys()) {
    const { x, y } = at(name);
    drawing.append(svg('rect', { x, y, width: WIDTH - 50, height: 28, rx: 4, class: states.get(name) }));
    drawing.append(svg('text', { x: x + 8, y: y + 18 }, name.length > 24 ? name.slice(0, 23) + '…' : name));
  }
  return [el('p', {}, alone ? `${alone} jobs neither have parents nor children.` : ''), drawing];
}

function place(names, links) {
  const parents = new Map(names.map((name) => [name, []]));
  links.forEach(([parent, child]) => parents.get(child).push(parent));
  const columns = new Map();
  const column = (name) => {
    if (!columns.has(name)) {
      columns.set(name, 0);
      columns.set(name, Math.max(0, ...parents.get(name).map((parent) => column(parent) + 1)));
    }
    return columns.get(name);
  };
  const used = [];
  return new Map(names.sort((a, b) => column(a) - column(b)).map((name) => {
    const of = column(name);
    used[of] = (used[of] ?? -1) + 1;
    return [name, { column: of, row: used[of] }];
  }));
}
