import {h, number} from './dom.js';

const HEIGHT = 220;
const LEFT = 56;
const BOTTOM = 34;

/** Bars, or a line where there are too many: points are {label, value}. As wide as it is shown about, since its letters grow with it. */
export function chart(points, title, width = 640) {
  const values = points.map(each => Number(each.value));
  const top = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const span = top - low || 1;
  const y = value => 8 + (HEIGHT - BOTTOM - 8) * (1 - (value - low) / span);
  const step = (width - LEFT - 6) / points.length;
  const svg = h('svg', {viewBox: `0 0 ${width} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': title});
  svg.append(h('title', {}, title));
  for (const value of [low, low + span / 2, top]) {
    svg.append(h('line', {x1: LEFT, x2: width, y1: y(value), y2: y(value), class: 'axis'}));
    svg.append(h('text', {x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end'}, short(value)));
  }
  if (points.length <= 60) {
    points.forEach((each, i) => svg.append(h('rect', {class: 'mark', x: LEFT + i * step + step * 0.1, width: Math.max(1, step * 0.8),
      y: Math.min(y(values[i]), y(0)), height: Math.max(1, Math.abs(y(values[i]) - y(0)))}, h('title', {}, `${each.label}: ${number(each.value)}`))));
  } else {
    svg.append(h('path', {class: 'line', d: values.map((value, i) => `${i ? 'L' : 'M'}${LEFT + (i + 0.5) * step} ${y(value)}`).join('')}));
  }
  const every = Math.ceil(points.length * 80 / (width - LEFT));
  points.forEach((each, i) => {
    if (i % every === 0) svg.append(h('text', {x: LEFT + (i + 0.5) * step, y: HEIGHT - 12, 'text-anchor': 'middle'}, cut(each.label)));
  });
  return svg;
}

const cut = label => /^-?\d+\.\d+$/.test(label) ? short(label) : String(label).length > 11 ? `${String(label).slice(0, 10)}…` : String(label);
const short = value => Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1}).format(value);
