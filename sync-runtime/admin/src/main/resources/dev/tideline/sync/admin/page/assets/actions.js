// What a person can do from here. Everything asks before it acts.
import { post, put, tenantPath } from './api.js';
import { BY, confirm } from './dialog.js';
import { many } from './format.js';

const EFFECT = {
  sequencer: ['Changes are still captured, and wait. Nothing that changes gets anywhere until it is resumed.', 'Changes that wait are sequenced at once.'],
  poller: ['Databases get nothing until it is resumed. Changes are still sequenced, and wait.', 'Databases that are behind catch up at once.'],
};

export function switchStage(stage, enabled, done) {
  const word = enabled ? 'Resume' : 'Pause';
  confirm({
    title: `${word} the ${stage}?`,
    text: EFFECT[stage][enabled ? 1 : 0] + ' This holds for every runtime of the source, and outlives restarts.',
    action: `${word} the ${stage}`,
    danger: !enabled,
    fields: [BY],
    run: async ({ by }) => {
      await put('/api/v1/fusebox', { [`${stage}_enabled`]: enabled, by: by || null });
      done?.();
      return `The ${stage} ${enabled ? 'runs again' : 'is paused'}.`;
    },
  });
}

export function switchTarget(tenant, name, paused, done) {
  const word = paused ? 'Pause' : 'Resume';
  confirm({
    title: `${word} database ${tenant}/${name}?`,
    text: paused ? 'It gets nothing until it is resumed; the others go on.' : 'It catches up at once.',
    action: `${word} ${tenant}/${name}`,
    danger: paused,
    fields: [BY],
    run: async ({ by }) => {
      await put('/api/v1/fusebox', { targets: [{ tenant, name, paused }], by: by || null });
      done?.();
      return `Database ${tenant}/${name} ${paused ? 'is paused' : 'goes on'}.`;
    },
  });
}

export function forceSync(tenant, done) {
  confirm({
    title: `Sync tenant ${tenant} now?`,
    text: 'What was committed until now is brought to all its databases, also to those that wait for another try. Paused ones are left alone.',
    action: 'Sync now',
    run: async () => {
      await post(tenantPath(tenant, 'sync'));
      done?.();
      return `A sync of tenant ${tenant} has begun.`;
    },
  });
}

/** @param targets and mappings: names to choose from */
export function resync(tenant, targets, mappings, done) {
  confirm({
    title: `Copy tenant ${tenant} again?`,
    text: 'All rows are copied once more and compared: what differs is mended, what is too much is deleted. Readers keep their rows meanwhile.',
    action: 'Copy again',
    fields: [
      { name: 'target', label: 'Database', options: targets.length > 1 ? [['', 'all'], ...targets.map(t => [t, t])] : targets.map(t => [t, t]) },
      { name: 'mapping', label: 'Mapping', options: [['', 'all'], ...mappings.map(m => [m, m])] },
    ],
    run: async ({ target, mapping }) => {
      await post(tenantPath(tenant, 'resync'), { target: target || null, mapping: mapping || null });
      done?.();
      return `Tenant ${tenant} is copied again.`;
    },
  });
}

export function cancelRun(run, done) {
  confirm({
    title: `Cancel the ${run.kind} of tenant ${run.tenant}?`,
    text: 'It ends after the transaction in flight. What has arrived stays, and the pipeline brings the rest by itself.',
    action: 'Cancel the run',
    danger: true,
    run: async () => {
      await post(`/api/v1/jobs/${encodeURIComponent(run.id)}/cancel`);
      done?.();
      return 'The run ends after the transaction in flight.';
    },
  });
}

const keyOf = row => row.key.join(', ');

export function retryParked(row, done) {
  confirm({
    title: `Retry row ${keyOf(row)} of ${row.mapping}?`,
    text: `It is read from the source as it is now, and applied to ${row.tenant}/${row.target}.`,
    action: 'Retry the row',
    run: async () => {
      const came = await post(`/api/v1/parked/${encodeURIComponent(row.id)}/retry`);
      done?.();
      if (came.state === 'refused') throw new Error(`The database refuses it again: ${came.error ?? 'for the same reason'}`);
      return `Row ${keyOf(row)} was applied.`;
    },
  });
}

export function discardParked(row, done) {
  confirm({
    title: `Discard row ${keyOf(row)} of ${row.mapping}?`,
    text: `${row.tenant}/${row.target} stays without this version of it. The row’s next change is tried as usual.`,
    action: 'Discard the row',
    danger: true,
    run: async () => {
      await post(`/api/v1/parked/${encodeURIComponent(row.id)}/discard`);
      done?.();
      return `Row ${keyOf(row)} was discarded.`;
    },
  });
}

export function retryRequest(request, done) {
  confirm({
    title: `Retry request ${request.id}?`,
    text: request.kind === 'sync' ? `Tenant ${request.tenant} is synced again.` : `It is sent to ${request.url} again.`,
    action: 'Retry the request',
    run: async () => {
      await post(`/api/v1/requests/${request.id}/retry`);
      done?.();
      return `Request ${request.id} waits for its next try.`;
    },
  });
}

export function discardRequest(request, done) {
  confirm({
    title: `Discard request ${request.id}?`,
    text: 'It is given up for good.',
    action: 'Discard the request',
    danger: true,
    run: async () => {
      await post(`/api/v1/requests/${request.id}/discard`);
      done?.();
      return `Request ${request.id} was discarded.`;
    },
  });
}

export function retryAllRequests(number, done) {
  confirm({
    title: 'Retry all dead requests?',
    text: `${many(number, 'request is', 'requests are')} tried again, as often as a new one.`,
    action: 'Retry all of them',
    run: async () => {
      const came = await post('/api/v1/requests/retry');
      done?.();
      return `${many(came.requests, 'request waits', 'requests wait')} for the next try.`;
    },
  });
}

export function discardAllRequests(number, done) {
  confirm({
    title: 'Discard all dead requests?',
    text: `${many(number, 'request is', 'requests are')} given up for good.`,
    action: 'Discard all of them',
    danger: true,
    run: async () => {
      const came = await post('/api/v1/requests/discard');
      done?.();
      return `${many(came.requests, 'request was', 'requests were')} discarded.`;
    },
  });
}
