/**
 * What pages do by themselves where script runs; without it each of them works too. All words come from the
 * page: an audit under way is renewed from the server's own page, and buttons carry their texts.
 */

/** What the server last said of a place: moments in it are told otherwise here. */
const served = new WeakMap();
for (const part of document.querySelectorAll('[data-live]')) served.set(part, part.outerHTML);

const watched = document.querySelector('[data-events]');
if (watched) follow(watched.dataset.events);

if (navigator.clipboard) {
  for (const row of document.querySelectorAll('[data-copy]')) addCopyButton(row);
}

const renewed = document.querySelector('[data-renew]');
if (renewed) renewOften(renewed.dataset);

localise(document);

for (const field of document.querySelectorAll('[data-offset]')) tellOffset(field);

for (const link of document.querySelectorAll('[data-form]')) keepFilled(link);

addEventListener('hashchange', unfold);
unfold();

/** What a link leads to stands open. */
function unfold() {
  const place = document.getElementById(location.hash.slice(1));
  const folded = place?.querySelector(':scope > details');
  if (!folded) return;
  folded.open = true;
  place.scrollIntoView();
}

/** Moments, the hours of charts, and the name of the zone they are in. */
function localise(part) {
  for (const time of part.querySelectorAll('time[datetime]')) tellLocally(time);
  const hour = new Intl.DateTimeFormat(document.documentElement.lang === 'sv' ? 'sv-SE' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });
  for (const text of part.querySelectorAll('[data-at]'))
    text.textContent = hour.format(new Date(text.dataset.at));
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const text of part.querySelectorAll('[data-zone]')) text.textContent = zone.replace(/_/g, ' ');
}

/** What a local time means, since a form sends it without its zone. */
function tellOffset(field) {
  const offset = document.getElementById(field.dataset.offset);
  const tell = () => {
    const at = new Date(field.value);
    if (offset && !Number.isNaN(at.getTime())) offset.value = String(-at.getTimezoneOffset());
  };
  field.addEventListener('change', tell);
  tell();
}

/** Asks for the page again every so often; one of another shape is loaded, unless somebody is writing in it. */
function renewOften({ renew, shape }) {
  const here = location.pathname + location.search;
  const timer = setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(here, { headers: { accept: 'text/html' } }).catch(() => undefined);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('[data-renew]')?.dataset.shape;
    if (next === shape) return exchange(page);
    if (document.activeElement?.matches('input, select, textarea')) return;
    clearInterval(timer);
    location.replace(here);
  }, renew * 1000);
}

/** As moment.ts says it, in the reader's own time zone in place of UTC. */
function tellLocally(time) {
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };
  const swedish = document.documentElement.lang === 'sv';
  const at = new Date(time.dateTime);
  const near = 'near' in time.dataset && at.toDateString() === new Date().toDateString();
  const day = near
    ? {}
    : { day: swedish ? '2-digit' : 'numeric', month: swedish ? '2-digit' : 'long', year: 'numeric' };
  const format = new Intl.DateTimeFormat(swedish ? 'sv-SE' : 'en-GB', { ...day, ...clock });
  time.textContent = format.format(at);
}

/** The other language, with what has been filled in; the file is left to be chosen again. */
function keepFilled(link) {
  const form = document.getElementById(link.dataset.form);
  link.addEventListener('click', (event) => {
    const fields = [...(form?.elements ?? [])].filter(({ name, type }) => name && type !== 'file');
    const filled = fields.some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
    if (!filled) return;
    event.preventDefault();
    for (const one of form.elements) if (one.type === 'file') one.disabled = true;
    form.action = link.dataset.action;
    form.submit();
  });
}

/** Renews the page at each event of an audit, and goes to its report at the end. */
function follow(address) {
  const here = location.pathname + location.search;
  let busy = false;
  let again = false;
  let began = performance.now() - spent() * 1000;

  async function renew() {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      const page = await load().catch(() => undefined);
      // A server that is gone for a moment is asked again by whoever called.
      if (!page) break;
      // The report, or whatever the server wants to say instead.
      if (!page.querySelector('[data-events]')) return location.replace(here);
      exchange(page);
      began = performance.now() - spent() * 1000;
    }
    busy = false;
  }

  async function load() {
    const answer = await fetch(here, { headers: { accept: 'text/html' } });
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  }

  function tick() {
    const seconds = Math.round((performance.now() - began) / 1000);
    const unit = { style: 'unit', unit: 'second', unitDisplay: 'long' };
    const place = document.getElementById('spent');
    if (place) place.textContent = new Intl.NumberFormat(document.documentElement.lang, unit).format(seconds);
  }

  function spent() {
    return Number(document.getElementById('spent')?.dataset.seconds ?? 0);
  }

  setInterval(tick, 1000);
  const events = new EventSource(address);
  events.addEventListener('audit', renew);
  events.addEventListener('end', () => {
    events.close();
    renew();
    // Its end may be told before the page knows.
    setInterval(renew, 2000);
  });
  events.addEventListener('error', () => {
    events.close();
    setInterval(renew, 2000);
  });
}

/** Only what has changed: a screen reader speaks of nothing else, and the focus stays where it is. */
function exchange(page) {
  for (const old of document.querySelectorAll('[data-live]')) {
    const next = page.getElementById(old.id);
    if (!next || next.outerHTML === (served.get(old) ?? old.outerHTML)) continue;
    served.set(old, next.outerHTML);
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    if (old.id !== 'spent' && old.innerHTML !== next.innerHTML) {
      old.replaceChildren(...document.importNode(next, true).childNodes);
      localise(old);
    }
  }
}

function addCopyButton(row) {
  const { copy, copied } = row.dataset;
  const value = row.querySelector('code');
  if (!value) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy noprint';
  button.textContent = copy;
  const said = document.createElement('span');
  said.className = 'vh';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(value.textContent);
    } catch {
      getSelection()?.selectAllChildren(value);
      return;
    }
    button.textContent = copied;
    said.textContent = copied;
    setTimeout(() => {
      button.textContent = copy;
      said.textContent = '';
    }, 2000);
  });
  row.append(button, said);
}
