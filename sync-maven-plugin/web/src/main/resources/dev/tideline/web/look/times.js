// How every page writes times: the moment with its zone, and how long ago that was.

const two = number => String(number).padStart(2, '0');

/** 2026-11-29 14:03:12.345 UTC+01:00 */
export function moment(iso) {
  const at = new Date(iso);
  const east = -at.getTimezoneOffset();
  const zone = east === 0 ? '' : `${east < 0 ? '−' : '+'}${two(Math.floor(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
    + `:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')} UTC${zone}`;
}

export function duration(ms) {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${Math.round(Math.max(0, ms))} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** @param ms how long ago */
export const ago = ms => (ms < 2000 ? 'just now' : ms < 10_000 ? `${Math.floor(ms / 1000)} s ago` : `${duration(ms)} ago`);

/** Writes every time below a node: data-ago as an age that counts up, all others as the moment. */
export function writeTimes(root = document) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = moment(time.dateTime);
    const text = 'ago' in time.dataset ? ago(Date.now() - Date.parse(time.dateTime)) : at;
    if (time.title !== at) time.title = at;
    if (time.textContent !== text) time.textContent = text;
  }
}
