// Pieces that several pages are made of.
import { html, useLayoutEffect, useRef } from './vendor/htm-preact.js';
import { age, ago, clock, duration } from './format.js';
import { to } from './route.js';

const GRADE = { ok: 'good', error: 'bad', paused: 'wait', copying: 'wait', done: 'good', failed: 'bad', running: 'wait', waiting: 'wait', pending: 'wait', cancelled: 'wait', dead: 'bad', stale: 'bad' };
const SIGN = { good: '●', wait: '◐', bad: '✕' };

export const Badge = ({ grade, text }) => html`<span class=${`badge ${grade}`}><span aria-hidden="true">${SIGN[grade]} </span>${text}</span>`;

export const State = ({ of, text }) => html`<${Badge} grade=${GRADE[of] ?? 'good'} text=${text ?? (of === 'error' ? 'failing' : of)} />`;

export const Time = ({ at }) => (at == null ? '–' : html`<time datetime=${at} title=${clock(at)}>${ago(at)}</time>`);

export const Since = ({ at }) => (at == null ? '–' : html`<time datetime=${at} title=${`since ${clock(at)}`}>for ${duration(age(at))}</time>`);

export const TenantLink = ({ tenant }) => html`<a href=${to('tenant', tenant)}>${tenant}</a>`;

export const DatabaseLink = ({ tenant, name }) => html`<a href=${to('database', tenant, name)}>${tenant}/${name}</a>`;

export const Facts = ({ facts }) => html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** A button whose name says what it acts on, for those who hear it alone. */
export const Act = ({ text, on, danger, act, disabled }) =>
  html`<button type="button" class=${danger ? 'quiet-danger' : ''} disabled=${disabled} onClick=${act}>${text}${on && html`<span class="unseen"> ${on}</span>`}</button>`;

/** An input that is read once somebody has finished typing. Figures come every second, and must not put back what it was. */
export function Entry({ value, ...more }) {
  const input = useRef(null);
  useLayoutEffect(() => {
    input.current.value = value;
  }, [value]);
  return html`<input ref=${input} ...${more} />`;
}

/** Once a page is asked for that has an answer: its content; before that what it waits for, or why it fails. */
export const Waiting = ({ what, asked }) =>
  asked.problem
    ? html`<p class="problem" role="alert">${what} cannot be shown: ${asked.problem.message} Trying again.</p>`
    : html`<p class="empty" aria-busy="true">Loading ${what.toLowerCase()}.</p>`;
