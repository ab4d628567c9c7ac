/** How far two colours are apart for the eye (WCAG 2.2, definitions of contrast ratio and relative luminance). */
import type { Rgb } from '../../ports.ts';

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** From 1, the same, to 21, black on white. */
export function contrast(one: Rgb, other: Rgb): number {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** As it is written in CSS. */
export function hexOf([red, green, blue]: Rgb): string {
  return `#${[red, green, blue].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

/** Letters that are nearly white are kept, and what is behind them is changed: so is a button. */
const nearlyWhite = 0.8;
const steps = 12;

/** The nearest colour of the same hue with which the two are far enough apart. `of`: which of them it is for. */
export function remedyFor(color: Rgb, back: Rgb, wanted: number): { of: 'text' | 'back'; color: Rgb } {
  const of = luminance(color) > nearlyWhite ? 'back' : 'text';
  const [from, other] = of === 'back' ? [back, color] : [color, back];
  const to: Rgb = contrast([0, 0, 0], other) > contrast([255, 255, 255], other) ? [0, 0, 0] : [255, 255, 255];
  const mixed = (share: number): Rgb =>
    from.map((one, i) => Math.round(one + ((to[i] ?? 0) - one) * share)) as unknown as Rgb;
  let [low, high] = [0, 1];
  for (let i = 0; i < steps; i += 1) {
    const middle = (low + high) / 2;
    if (contrast(mixed(middle), other) >= wanted) high = middle;
    else low = middle;
  }
  return { of, color: mixed(high) };
}
