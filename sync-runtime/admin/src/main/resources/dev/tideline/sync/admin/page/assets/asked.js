// What a page asks the API for, beside the live status: asked again with every tick, the last answer kept meanwhile.
import { useEffect, useRef, useState } from './vendor/htm-preact.js';
import { get } from './api.js';

const EVERY_MS = 1000;

/**
 * Asks for a path as long as the page shows it.
 *
 * @returns answer (null before the first), problem, and again(), which asks at once
 */
export function useAnswer(path, every = EVERY_MS) {
  const [state, setState] = useState({ path, answer: null, problem: null });
  const ask = useRef(() => {});
  useEffect(() => {
    const end = new AbortController();
    let timer;
    const run = async () => {
      clearTimeout(timer);
      try {
        if (!document.hidden) {
          const answer = await get(path, end.signal);
          if (end.signal.aborted) return; // it was on its way when the page asked for something else
          setState({ path, answer, problem: null });
        }
      } catch (problem) {
        if (end.signal.aborted) return;
        setState(before => ({ path, answer: before.path === path ? before.answer : null, problem }));
      }
      clearTimeout(timer);
      if (!end.signal.aborted) timer = setTimeout(run, every);
    };
    ask.current = run;
    run();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [path]);
  // While another page of the same is on its way, the one before it stays.
  return { ...state, again: () => ask.current() };
}

/** A value that follows another once it has rested for a moment: for what somebody types. */
export function useRested(value, ms = 250) {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
