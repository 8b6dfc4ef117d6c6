// How figures and times are written. Ages count by the server's clock, whatever the browser's says.

const NUMBER = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
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
export function duration(ms) {
  if (ms == null) return NOTHING;
  const seconds = Math.max(0, ms) / 1000;
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${Math.round(Math.max(0, ms))} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** The same in words, for sentences. */
export function inWords(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [size, unit] = seconds < 120 ? [1, 'second'] : seconds < 7200 ? [60, 'minute'] : seconds < 172_800 ? [3600, 'hour'] : [86_400, 'day'];
  return many(Math.round(seconds / size), unit);
}

export const many = (number, one, several = one + 's') => `${exact(number)} ${number === 1 ? one : several}`;

/** How long ago, in ms; null where there is no time. */
export const age = iso => (iso == null ? null : Math.max(0, now() - Date.parse(iso)));

/** Sequence ids are names rather than amounts. */
export const id = value => (value == null ? NOTHING : String(value));

export function ago(iso) {
  if (iso == null) return NOTHING;
  return age(iso) < 2000 ? 'just now' : `${duration(age(iso))} ago`;
}

export const clock = iso => (iso == null ? NOTHING : CLOCK.format(new Date(iso)));

export const sum = (rows, field) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
