// How figures and times are written. Ages count by the server's clock, whatever the browser's says.
import { ago as agoOf, duration as written, moment } from '/look/times.js';

const NUMBER = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const NOTHING = '–';
let ahead = 0;

/** Takes the server's time as it is now. */
export function setServerTime(iso) {
  ahead = Date.parse(iso) - Date.now();
}

export const now = () => Date.now() + ahead;

export const count = value => (value == null ? NOTHING : Math.abs(value) < 100_000 ? NUMBER.format(value) : COMPACT.format(value));

export const exact = value => (value == null ? NOTHING : NUMBER.format(value));

export const rate = value => (value == null ? NOTHING : (value < 10 ? Number(value.toFixed(1)) : count(Math.round(value))) + '/s');

/** @param ms null where nothing is known */
export const duration = ms => (ms == null ? NOTHING : written(ms));

/** The same in words, for sentences. */
export function inWords(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [size, unit] = seconds < 120 ? [1, 'second'] : seconds < 7200 ? [60, 'minute'] : seconds < 172_800 ? [3600, 'hour'] : [86_400, 'day'];
  return many(Math.round(seconds / size), unit);
}

export const many = (number, one, several = one + 's') => `${exact(number)} ${number === 1 ? one : several}`;

/** An error where its database is already named. */
export const reason = error => error?.replace(/^tenant .*?, target .*?: /, '');

/** How long ago, in ms; null where there is no time. */
export const age = iso => (iso == null ? null : Math.max(0, now() - Date.parse(iso)));

/** Sequence ids are names rather than amounts. */
export const id = value => (value == null ? NOTHING : String(value));

export const ago = iso => (iso == null ? NOTHING : agoOf(age(iso)));

/** When something is due. */
export const due = iso => (Date.parse(iso) > now() ? `in ${duration(Date.parse(iso) - now())}` : 'now');

export const clock = iso => (iso == null ? NOTHING : moment(iso));

export const sum = (rows, field) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
