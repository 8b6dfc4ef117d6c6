// The dashboard: what is wrong on top, and below it the page that the address names.
import { html, render, useEffect, useReducer, useRef, useState } from './vendor/htm-preact.js';
import { page as pageOf, prefix, setTheme, setTitle, theme, THEMES } from '/look/brand.js';
import { post } from './api.js';
import { Dialogs } from './dialog.js';
import { count } from './format.js';
import { Headline } from './headline.js';
import { Live } from './live.js';
import { to, useRoute } from './route.js';
import { Databases } from './views/databases.js';
import { Overview } from './views/overview.js';
import { Parked } from './views/parked.js';
import { Requests } from './views/requests.js';
import { Runs } from './views/runs.js';
import { Switches } from './views/switches.js';
import { DatabasePage, Tenant } from './views/tenant.js';

const PAGES = {
  overview: { title: () => 'Overview', view: Overview },
  databases: { title: () => 'Databases', view: Databases },
  parked: { title: () => 'Parked rows', view: Parked },
  requests: { title: () => 'Dead letters', view: Requests },
  switches: { title: () => 'Switches', view: Switches },
  runs: { title: () => 'Runs', view: Runs },
  tenant: { title: ([tenant]) => `Tenant ${tenant}`, view: Tenant, in: 'databases', parts: 1 },
  database: { title: ([tenant, name]) => `Database ${tenant}/${name}`, view: DatabasePage, in: 'databases', parts: 2 },
};
const LAUNCHPAD = pageOf('00');
const NONE = { title: () => 'There is no such page', view: () => html`<p><a href=${to('overview')}>Go to the overview.</a></p>` };

function Navigation({ current, status }) {
  const number = { parked: status?.totals.parked_rows, requests: status?.poller.dead, databases: status?.totals.failing };
  return html`<nav aria-label="Pages"><ul>${Object.entries(PAGES).filter(([, page]) => !page.in).map(([name, page]) => html`<li>
    <a href=${to(name)} aria-current=${name === current ? 'page' : undefined}>${page.title()}${number[name] > 0 && html` <span class="number">${count(number[name])}<span class="unseen">${name === 'databases' ? ' failing' : ''}</span></span>`}</a></li>`)}</ul></nav>`;
}

function ThemeSwitch() {
  const [now, set] = useState(theme());
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  return html`<button type="button" onClick=${() => { setTheme(next); set(next); }}>Theme: ${now}</button>`;
}

async function logOut() {
  await post('/logout').catch(() => {});
  location.assign('/login');
}

function Dashboard({ live }) {
  const [, again] = useReducer(n => n + 1, 0);
  useEffect(() => live.subscribe(again), []);
  const route = useRoute();
  const known = PAGES[route.name];
  const page = known && (known.parts ?? 0) <= route.parts.length ? known : NONE;
  const title = page.title(route.parts);
  const heading = useRef(null);
  const first = useRef(true);
  useEffect(() => {
    setTitle(title);
    if (!first.current) heading.current.focus();
    first.current = false;
  }, [title]);
  return html`
    <a class="skip" href="#content" onClick=${event => { event.preventDefault(); heading.current.focus(); }}>Skip to the content</a>
    <header class="top">${prefix && html`<p class="prefix"><span class="unseen">Port prefix </span>${prefix}</p>`}<p class="product">Tideline</p>
      <${Navigation} current=${page.in ?? route.name} status=${live.status} />${LAUNCHPAD && html`<a href=${LAUNCHPAD}>Launchpad</a>`}<${ThemeSwitch} /><button type="button" onClick=${logOut}>Log out</button></header>
    <main id="content"><${Headline} live=${live} /><h1 tabindex="-1" ref=${heading}>${title}</h1>
      <${page.view} key=${route.name + '/' + route.parts.join('/')} route=${route} live=${live} /></main>
    <${Dialogs} />`;
}

const root = document.getElementById('page');
root.replaceChildren();
render(html`<${Dashboard} live=${new Live()} />`, root);
