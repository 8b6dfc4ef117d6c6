// The status, live: server-sent events for what is, and the history for how it went. The history gets a point every second,
// and so tells whether the figures are fresh: events alone are silent while nothing changes.
import { get } from './api.js';
import { setServerTime } from './format.js';

const EVENTS = '/api/v1/events?size=5&sort=status'; // the five that are worst
const EVERY_MS = 1000;
const OLD_MS = 5000;
const KEPT = 600;
const LONGEST_WAIT_MS = 10_000;

export class Live {
  constructor() {
    this.status = null;
    this.points = [];
    this.loggedOut = false;
    this.connected = false;
    this.answers = true;
    this.lastPoint = performance.now();
    this.listeners = new Set();
    this.failures = 0;
    window.addEventListener('logged-out', () => {
      this.loggedOut = true;
      this.tell();
    });
    this.connect();
    this.follow();
  }

  /** Calls it whenever something has changed, and once a second. @returns how to end that */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell() {
    this.listeners.forEach(listener => listener());
  }

  /** How long nothing new has come, in ms; 0 while figures are fresh. */
  oldFor() {
    const silent = performance.now() - this.lastPoint;
    return silent > OLD_MS ? silent : 0;
  }

  connect() {
    const events = new EventSource(EVENTS);
    events.addEventListener('status', event => {
      this.status = JSON.parse(event.data);
      setServerTime(this.status.generated_at);
      this.connected = true;
      this.failures = 0;
      this.tell();
    });
    events.addEventListener('error', () => {
      this.connected = false;
      // A connection that broke is made again by the browser; one that was refused is not.
      if (events.readyState === EventSource.CLOSED) {
        const wait = Math.min(LONGEST_WAIT_MS, EVERY_MS * 2 ** this.failures++);
        setTimeout(() => this.connect(), wait);
      }
      this.tell();
    });
  }

  async follow() {
    if (!document.hidden) {
      try {
        const since = this.points.at(-1)?.at;
        const found = await get('/api/v1/history' + (since ? '?since=' + encodeURIComponent(since) : ''));
        this.answers = true;
        if (found.points.length > 0) {
          this.points = [...this.points, ...found.points].slice(-KEPT);
          this.lastPoint = performance.now();
        }
      } catch {
        this.answers = false;
      }
    }
    this.tell();
    setTimeout(() => this.follow(), EVERY_MS);
  }
}
