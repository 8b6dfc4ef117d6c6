// A line over the last minutes, with its name and figures in words.
import { html, useLayoutEffect, useRef } from './vendor/htm-preact.js';
import uPlot from './vendor/uplot.js';

const HEIGHT = 44;

function options(element, width) {
  const colour = () => getComputedStyle(element).color; // resolved for light or dark
  return {
    width,
    height: HEIGHT,
    padding: [3, 0, 1, 0],
    cursor: { show: false },
    select: { show: false },
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: { x: { time: true }, y: { range: (_, least, most) => [0, Math.max(most ?? 0, 1) * 1.05] } },
    series: [{}, { stroke: colour, width: 1.5, fill: () => translucent(colour()), points: { show: false } }],
  };
}

function translucent(colour) {
  return `color-mix(in oklab, ${colour} 18%, transparent)`;
}

/**
 * @param measure its name, such as "Rate"
 * @param of what is measured
 * @param series times in seconds, and values
 * @param write how a value is written
 */
export function Chart({ measure, of, now, series, write }) {
  const element = useRef(null);
  const plot = useRef(null);
  useLayoutEffect(() => {
    const box = element.current;
    plot.current = new uPlot(options(box, box.clientWidth || 100), series, box);
    const resized = new ResizeObserver(() => plot.current.setSize({ width: box.clientWidth, height: HEIGHT }));
    resized.observe(box);
    return () => {
      resized.disconnect();
      plot.current.destroy();
    };
  }, []);
  useLayoutEffect(() => plot.current.setData(series), [series]);
  const most = series[1].reduce((highest, value) => Math.max(highest, value ?? 0), 0);
  return html`<div class="measure">
    <p><span class="soft">${measure}</span> <b>${now}</b> <span class="soft peak">peak ${write(most)}</span></p>
    <div class="chart" ref=${element} role="img" aria-label=${`${of}: ${measure.toLowerCase()} over the last minutes, now ${now}, at most ${write(most)}`}></div>
  </div>`;
}
