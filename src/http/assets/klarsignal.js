/**
 * What pages do by themselves where script runs; without it each of them works too. All words come from the
 * page: an audit under way is renewed from the server's own page, and buttons carry their texts.
 */

const watched = document.querySelector('[data-events]');
if (watched) follow(watched.dataset.events);

if (navigator.clipboard) {
  for (const row of document.querySelectorAll('[data-copy]')) addCopyButton(row);
}

for (const time of document.querySelectorAll('time[datetime]')) tellLocally(time);

for (const link of document.querySelectorAll('[data-form]')) keepFilled(link);

/** As moment.ts says it, in the reader's own time zone in place of UTC. */
function tellLocally(time) {
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };
  const swedish = document.documentElement.lang === 'sv';
  const format = swedish
    ? new Intl.DateTimeFormat('sv-SE', { day: '2-digit', month: '2-digit', year: 'numeric', ...clock })
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', ...clock });
  time.textContent = format.format(new Date(time.dateTime));
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
    if (!next || next.outerHTML === old.outerHTML) continue;
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    if (old.id !== 'spent' && old.innerHTML !== next.innerHTML) {
      old.replaceChildren(...document.importNode(next, true).childNodes);
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
