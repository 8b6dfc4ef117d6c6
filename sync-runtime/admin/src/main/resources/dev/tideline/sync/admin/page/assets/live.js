// The status, live: server-sent events for what is, and the history for how it went. The history gets a point every second,
// and so tells whether the figures are fresh: events alone are silent while nothing changes.
import { get } from './api.js';
import { setServerTime } from './format.js';

const WORST = '?size=5&sort=status'; // the five databases that need somebody most; the same for all who watch
const EVERY_MS = 1000;
const OLD_MS = 5000;
const PATIENCE_MS = 3000;
const KEPT = 600;
const LONGEST_WAIT_MS = 10_000;

export class Live {
  constructor() {
    this.status = null;
    this.problem = null;
    this.points = [];
    this.loggedOut = false;
    this.connected = false;
    this.answered = true;
    this.askedAt = null;
    this.lastPoint = performance.now();
    this.listeners = new Set();
    this.failures = 0;
    window.addEventListener('logged-out', () => {
      this.loggedOut = true;
      this.tell();
    });
    document.addEventListener('visibilitychange', () => {
      this.lastPoint = performance.now(); // nobody asked meanwhile
    });
    this.connect();
    this.follow();
    setInterval(() => this.tell(), EVERY_MS); // ages grow, also while an answer is awaited
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

  /** Whether it is the runtime that says nothing, rather than its source. */
  runtimeIsSilent() {
    return !this.answered || (this.askedAt !== null && performance.now() - this.askedAt > PATIENCE_MS);
  }

  take(status) {
    this.status = status;
    this.problem = null;
    setServerTime(status.generated_at);
  }

  connect() {
    const events = new EventSource('/api/v1/events' + WORST);
    events.addEventListener('status', event => {
      this.take(JSON.parse(event.data));
      this.connected = true;
      this.failures = 0;
      this.tell();
    });
    events.addEventListener('error', () => {
      this.connected = false;
      this.ask();
      // A connection that broke is made again by the browser; one that was refused is not.
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => this.connect(), Math.min(LONGEST_WAIT_MS, EVERY_MS * 2 ** this.failures++));
      }
    });
  }

  /** The status once, for want of events; where there is none either, the answer says why. */
  async ask() {
    try {
      this.take(await get('/api/v1/status' + WORST));
    } catch (problem) {
      this.problem = problem;
    }
    this.tell();
  }

  async follow() {
    if (!document.hidden) {
      try {
        this.askedAt = performance.now();
        const since = this.points.at(-1)?.at;
        const found = await get('/api/v1/history' + (since ? '?since=' + encodeURIComponent(since) : ''));
        this.answered = true;
        if (found.points.length > 0) {
          this.points = [...this.points, ...found.points].slice(-KEPT);
          this.lastPoint = performance.now();
          this.tell();
        }
      } catch {
        this.answered = false;
      }
      this.askedAt = null;
    }
    setTimeout(() => this.follow(), EVERY_MS);
  }
}
