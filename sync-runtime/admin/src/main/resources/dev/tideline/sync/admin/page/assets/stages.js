// The five stages of the pipeline, in figures: what each does, what waits before it, and for how long.
import { age, count, duration, exact, many, rate, sum } from './format.js';

const seconds = point => Date.parse(point.at) / 1000;
const total = rates => Object.values(rates).reduce((a, b) => a + b, 0);

/** What the application wrote: what was sequenced, and what waits now and did not before. */
function captured(points) {
  return points.map((point, i) => {
    const before = points[i - 1];
    const passed = before ? seconds(point) - seconds(before) : 0;
    const more = passed > 0 ? (point.pending - before.pending) / passed : 0;
    return Math.max(0, point.changes_per_second + more);
  });
}

const last = values => values.at(-1) ?? null;

/** @returns the stages in order; a measure without a series is a fixed figure */
export function stages(status, points) {
  const { sequencer, poller, totals } = status;
  const times = points.map(seconds);
  const measure = (name, now, values, write) => ({ name, now, series: [times, values], write });
  const written = captured(points);
  const rows = points.map(point => total(point.rows_per_second));
  const brought = status.sync_engine.mappings.some(mapping => mapping.rate != null) ? sum(status.sync_engine.mappings, 'rate') : null;
  const behind = [
    measure('Backlog', count(totals.backlog), points.map(p => p.backlog), count),
    measure('Lag', duration(totals.lag_ms), points.map(p => p.lag_ms), duration),
  ];
  return [
    {
      id: 'capture',
      title: 'Capture',
      says: 'Triggers note each changed row, in the application’s own transaction.',
      state: ['good', many(sequencer.tables.length, 'table')],
      measures: [measure('Rate', rate(last(written)), written, rate)],
      fixed: [['Backlog', 'none'], ['Lag', 'none: part of the commit']],
    },
    {
      id: 'sequence',
      title: 'Sequence',
      says: 'The sequencer gives committed changes their ids.',
      fuse: 'sequencer',
      state: !sequencer.enabled ? ['bad', 'paused'] : sequencer.running ? ['good', 'running'] : ['bad', 'nobody leads'],
      measures: [
        measure('Rate', rate(sequencer.rate), points.map(p => p.changes_per_second), rate),
        measure('Backlog', (sequencer.pending_estimated ? 'about ' : '') + count(sequencer.pending), points.map(p => p.pending), count),
        measure('Lag', duration(age(sequencer.oldest_pending_at) ?? 0), points.map(p => p.pending_age_ms), duration),
      ],
    },
    {
      id: 'dispatch',
      title: 'Dispatch',
      says: 'The poller claims the tenants that have something to get.',
      fuse: 'poller',
      state: !poller.enabled ? ['bad', 'paused'] : poller.runtimes > 0 ? ['good', 'running'] : ['bad', 'nobody polls'],
      measures: [
        measure('Rate', rate(poller.rate), points.map(p => p.requests_per_second), rate),
        measure('Backlog', count(poller.total - poller.dead), points.map(p => p.waiting), count),
        measure('Lag', duration(age(poller.oldest_created_at) ?? 0), points.map(p => p.waiting_age_ms), duration),
      ],
    },
    {
      id: 'fetch',
      title: 'Fetch',
      says: 'The rows behind each cursor are read from the source, in one stream with apply.',
      state: ['good', 'with apply'],
      measures: [measure('Rate', rate(brought), rows, rate), ...behind],
    },
    {
      id: 'apply',
      title: 'Apply',
      says: 'Rows and cursor go to each database in one transaction.',
      state: totals.failing > 0 ? ['bad', `${exact(totals.failing)} failing`] : totals.copying > 0 ? ['wait', `${exact(totals.copying)} copying`] : totals.paused > 0 ? ['wait', `${exact(totals.paused)} paused`] : ['good', `${exact(totals.ok)} well`],
      measures: [measure('Rate', rate(brought), rows, rate), ...behind],
    },
  ];
}
