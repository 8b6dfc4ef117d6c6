// Which page is shown, from what follows the # of the address: a name, its parts, and parameters.
import { useEffect, useState } from './vendor/htm-preact.js';

/** An address: to('database', tenant, name) or to('databases', { status: 'error' }). */
export function to(name, ...parts) {
  const parameters = typeof parts.at(-1) === 'object' ? parts.pop() : {};
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value != null)).toString();
  return '#/' + [name, ...parts.map(encodeURIComponent)].join('/') + (query ? '?' + query : '');
}

function read() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...parts] = path.split('/');
  let decoded;
  try {
    decoded = parts.map(decodeURIComponent);
  } catch {
    decoded = parts;
  }
  return { name: name || 'overview', parts: decoded, query: Object.fromEntries(new URLSearchParams(query ?? '')) };
}

export function useRoute() {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return route;
}

/** Puts other parameters into the address; it makes no new entry of the browser's history. */
export function replaceQuery(route, changes) {
  location.replace(to(route.name, ...route.parts, { ...route.query, ...changes }));
}
