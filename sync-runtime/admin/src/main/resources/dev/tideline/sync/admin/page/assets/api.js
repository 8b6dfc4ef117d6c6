// Talks to the admin API. What goes wrong becomes a Problem, in words for the person at the page.

const LIMIT_MS = 20_000;

export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail ? `${title} ${detail}` : title);
    this.status = status;
  }
}

async function call(method, path, body, signal) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-Tideline-Request'] = '1';
  const limit = AbortSignal.timeout(LIMIT_MS);
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Problem(0, 'The runtime does not answer.', limit.aborted ? 'It was asked 20 s ago.' : 'Is it running?');
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 401) window.dispatchEvent(new Event('logged-out'));
  if (!answer.ok) throw new Problem(answer.status, said.title ?? `The runtime answered ${answer.status}.`, said.detail);
  return said;
}

export const get = (path, signal) => call('GET', path, undefined, signal);
export const post = (path, body = {}) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);

/** A path with parameters; those that are empty are left out. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value != null));
  return query.size ? `${path}?${query}` : path;
}

export const tenantPath = (tenant, action) => `/api/v1/tenants/${encodeURIComponent(tenant)}/${action}`;
