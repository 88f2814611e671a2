/** Makes an element; texts are never read as markup. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

export function svg(tag, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

/** A dialog with fields and what becomes of them; a refusal is shown and the dialog stays. */
export function ask(title, fields, action, done) {
  const dialog = document.getElementById('dialog');
  const refusal = el('p', { class: 'refusal', role: 'alert' });
  const form = el('form', {
    async onsubmit(event) {
      event.preventDefault();
      try {
        await action(Object.fromEntries(new FormData(form)));
        dialog.close();
        done();
      } catch (error) {
        refusal.textContent = error.message;
      }
    },
  }, el('h2', {}, title), ...fields, refusal, el('div', { class: 'bar' },
    el('button', { type: 'submit' }, title),
    el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel')));
  dialog.replaceChildren(form);
  dialog.showModal();
  return { refuse: (text) => { refusal.textContent = text; } };
}

export const field = (label, input) => el('label', {}, label, input);

/** How far away a time is, in words. */
export function away(text) {
  const seconds = Math.round((Date.parse(text) - Date.now()) / 1000);
  if (seconds < -5) {
    return 'OVERDUE';
  }
  for (const [size, unit] of [[86400, 'day'], [3600, 'hour'], [60, 'minute']]) {
    if (seconds >= size) {
      const count = Math.round(seconds / size);
      return `in ~${count} ${unit}${count === 1 ? '' : 's'}`;
    }
  }
  return 'in under a minute';
}

export const local = (text) => (text ? new Date(text).toLocaleString() : '');
