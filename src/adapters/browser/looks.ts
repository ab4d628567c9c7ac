import type { MarkAttribute, UndrawnAttribute } from '../../ports.ts';

const mark: MarkAttribute = 'data-klarsignal';
const undrawn: UndrawnAttribute = 'data-klarsignal-undrawn';
/** Milliseconds: a newsletter takes a tenth of it. */
const patience = 2000;

/**
 * Run inside the page, as text, like all that inside.ts has: how each text looks and where each link is. Forms can
 * shadow any property of theirs as `document` does, so everything is asked of the prototypes. All is bounded.
 */
export const measureLooks = `(() => {
  const most = { pieces: 20000, looks: 300, targets: 300, samples: 5, text: 60, colours: 2000, letters: 2000, inside: 100 };
  const until = performance.now() + ${patience};
  const faint = 0.1, tiny = 3;
  const getter = (of, name) => {
    const { get } = Object.getOwnPropertyDescriptor(of.prototype, name);
    return (node) => get.call(node);
  };
  const parentOf = getter(Node, 'parentElement');
  const textOf = getter(Node, 'textContent');
  const root = getter(Document, 'documentElement')(document);
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  const closest = (element, selector) => Element.prototype.closest.call(element, selector);
  const all = (element, selector) => Element.prototype.querySelectorAll.call(element, selector);
  const boxOf = (element) => Element.prototype.getBoundingClientRect.call(element);
  const seen = (element) =>
    Element.prototype.checkVisibility.call(element, { visibilityProperty: true, contentVisibilityAuto: true });
  const looks = new Map(), targets = [], colours = new Map(), frames = new Map(), blocks = new Map();
  let complete = true;

  const paint = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const painted = (text) => {
    const plain = /^rgba?\\((\\d+), (\\d+), (\\d+)(?:, ([\\d.]+))?\\)$/.exec(text);
    if (plain) return [+plain[1], +plain[2], +plain[3], plain[4] === undefined ? 1 : +plain[4]];
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = '#000';
    paint.fillStyle = text;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const colourOf = (text) => {
    let colour = colours.get(text);
    if (colour) return colour;
    colour = painted(text);
    if (colours.size < most.colours) colours.set(text, colour);
    return colour;
  };
  const over = ([r, g, b, a], fade, [R, G, B]) => {
    const share = a * fade;
    return [r * share + R * (1 - share), g * share + G * (1 - share), b * share + B * (1 - share)];
  };
  const rounded = (colour) => colour.slice(0, 3).map((one) => Math.round(one));

  const probe = Document.prototype.createElement.call(document, 'x-klarsignal');
  CSSStyleDeclaration.prototype.setProperty.call(probe.style, 'background-color', 'Canvas', 'important');
  Node.prototype.appendChild.call(root, probe);
  const canvas = colourOf(getComputedStyle(probe).backgroundColor);
  Element.prototype.remove.call(probe);
  const open = { back: canvas.slice(0, 3), unsure: false, odd: false, fade: 1, hidden: false };

  /* What is behind all that stands in an element. From the outermost inwards, without recursion. */
  const frameOf = (element) => {
    const path = [];
    for (let at = element; at && !frames.has(at); at = parentOf(at)) path.push(at);
    let around = path.length > 0 ? frames.get(parentOf(path.at(-1))) ?? open : frames.get(element);
    for (const one of path.reverse()) {
      around = inside(one, around);
      frames.set(one, around);
    }
    return around;
  };
  const inside = (element, around) => {
    const style = getComputedStyle(element);
    const fade = around.fade * Number(style.opacity);
    const odd = around.odd || style.filter !== 'none' || style.mixBlendMode !== 'normal';
    const loose =
      style.position === 'absolute' || style.position === 'fixed' || style.transform !== 'none' ||
      [style.marginTop, style.marginBottom, style.marginLeft, style.marginRight].some((side) => side.startsWith('-')) ||
      (style.position === 'relative' && [style.top, style.left].some((side) => /[1-9]/.test(side)));
    const colour = colourOf(style.backgroundColor);
    const back = colour[3] > 0 ? over(colour, fade, around.back) : around.back;
    const covered = colour[3] * fade === 1;
    const picture = style.backgroundImage !== 'none' || attribute(element, '${undrawn}') !== null;
    let hidden = around.hidden || fade < faint;
    if (!hidden && /hidden|clip|scroll|auto/.test(style.overflowX + style.overflowY) && style.display !== 'inline') {
      const { width, height } = boxOf(element);
      hidden = width <= 1 || height <= 1;
    }
    return { back, fade, odd, hidden, unsure: picture || (!covered && (around.unsure || loose)) };
  };

  const range = Document.prototype.createRange.call(document);
  const markOf = (element) => {
    const marked = closest(element, '[${mark}]');
    return marked ? Number.parseInt(attribute(marked, '${mark}'), 10) : null;
  };
  const readText = (node) => {
    const text = node.data.slice(0, 50000).replace(/\\s+/g, ' ').trim();
    const element = parentOf(node);
    if (!element || !/[\\p{L}\\p{N}]/u.test(text) || !seen(element)) return;
    const frame = frameOf(element);
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    if (frame.hidden || size < tiny) return;
    range.setStart(node, 0);
    range.setEnd(node, Math.min(node.length, most.letters));
    const boxes = range.getClientRects();
    const first = boxes[0];
    if (!first || first.width < 1 || first.height < 1 || first.right <= 0 || first.bottom + scrollY <= 0) return;
    const color = colourOf(style.webkitTextFillColor || style.color);
    if (color[3] * frame.fade < faint) return;
    const unsure = frame.unsure || frame.odd || style.textShadow !== 'none' || /text/.test(style.backgroundClip);
    const look = {
      color: rounded(over(color, frame.fade, frame.back)),
      back: unsure ? null : rounded(frame.back),
      size: Math.round(size * 10) / 10,
      bold: Number(style.fontWeight) >= 700,
      lineHeight: style.lineHeight === 'normal' ? null : Math.round(Number.parseFloat(style.lineHeight) * 10) / 10,
      justified: style.textAlign === 'justify',
      heading: closest(element, 'h1,h2,h3,h4,h5,h6,[role="heading"]') !== null,
      linked: closest(element, 'a[href],button') !== null,
    };
    const key = JSON.stringify(look);
    let known = looks.get(key);
    if (!known) {
      if (looks.size >= most.looks) {
        complete = false;
        return;
      }
      known = { ...look, lines: 0, count: 0, length: 0, samples: [] };
      looks.set(key, known);
    }
    known.count += 1;
    known.length += text.length;
    known.lines = Math.max(known.lines, boxes.length);
    if (known.samples.length < most.samples)
      known.samples.push({ text: [...text.slice(0, 2 * most.text)].slice(0, most.text).join(''), mark: markOf(element) });
  };

  const texts = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_TEXT);
  let pieces = 0;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    pieces += 1;
    if (pieces > most.pieces || performance.now() > until) {
      complete = false;
      break;
    }
    readText(node);
  }

  /* Letters and digits of a block that stand in no link. */
  const plainText = (block) => {
    let known = blocks.get(block);
    if (known !== undefined) return known;
    const count = (text) => (text.slice(0, 5000).match(/[\\p{L}\\p{N}]/gu) ?? []).length;
    known = count(textOf(block)) - [...all(block, 'a[href]')].slice(0, most.targets).reduce((sum, one) => sum + count(textOf(one)), 0);
    blocks.set(block, known);
    return known;
  };
  /* A picture that was not loaded takes the room of its alternative text, unless its size is written. */
  const naturalWidthOf = getter(HTMLImageElement, 'naturalWidth');
  const sized = (image, side) => {
    const written = image.style[side] || attribute(image, side) || '';
    return /^\\s*[\\d.]+\\s*(?:px)?\\s*$/.test(written);
  };
  const guessed = (element) =>
    [...all(element, 'img')].slice(0, most.inside).some((image) => naturalWidthOf(image) === 0 && !(sized(image, 'width') && sized(image, 'height')));
  const readTarget = (element) => {
    if (!seen(element) || frameOf(element).hidden) return;
    range.selectNodeContents(element);
    const small = all(element, '*').length <= most.inside && textOf(element).length <= most.letters;
    const boxes = [boxOf(element), ...(small ? [range.getBoundingClientRect()] : [])].filter(({ width, height }) => width > 0 && height > 0);
    if (boxes.length === 0) return;
    const x = Math.min(...boxes.map(({ left }) => left)), y = Math.min(...boxes.map(({ top }) => top)) + scrollY;
    const right = Math.max(...boxes.map((box) => box.right)), bottom = Math.max(...boxes.map((box) => box.bottom)) + scrollY;
    const style = getComputedStyle(element);
    let block = parentOf(element);
    for (let i = 0; i < 20 && block && getComputedStyle(block).display === 'inline'; i += 1) block = parentOf(block);
    const holder = parentOf(element);
    const around = holder ? getComputedStyle(holder) : style;
    const inner = [element, ...[...all(element, '*')].slice(0, 5)].map((one) => getComputedStyle(one));
    const frame = frameOf(element), outer = holder ? frameOf(holder) : frame;
    const words = inner.at(-1) ?? style;
    targets.push({
      text: textOf(element).slice(0, 500).replace(/\\s+/g, ' ').trim().slice(0, most.text),
      mark: markOf(element),
      x, y, width: right - x, height: bottom - y,
      button: colourOf(style.backgroundColor)[3] > 0 || (holder !== null && /^T[DH]$/.test(holder.tagName) &&
        colourOf(around.backgroundColor)[3] > 0 && textOf(holder).trim() !== '' && textOf(holder).trim() === textOf(element).trim()),
      guessed: guessed(element),
      inline: style.display === 'inline' && block !== null && /[\\p{L}\\p{N}]/u.test(textOf(element)) && plainText(block) >= 10,
      color: rounded(over(colourOf(words.color), frame.fade, frame.back)),
      around: rounded(over(colourOf(around.color), outer.fade, outer.back)),
      marked: inner.some((one) =>
        /underline/.test(one.textDecorationLine) || Number.parseFloat(one.borderBottomWidth) > 0 ||
        Number(one.fontWeight) >= Number(around.fontWeight) + 200 || one.fontStyle !== around.fontStyle ||
        Math.abs(Number.parseFloat(one.fontSize) - Number.parseFloat(around.fontSize)) >= 4 ||
        colourOf(one.backgroundColor)[3] > 0 || one.display !== 'inline'),
    });
  };
  const controls = all(root, 'a[href], button, input:not([type="hidden"]), select, textarea, summary');
  if (controls.length > most.targets) complete = false;
  for (const control of [...controls].slice(0, most.targets)) {
    if (performance.now() > until) {
      complete = false;
      break;
    }
    readTarget(control);
  }

  /* The first of those that are said to be so wide; else the widest picture, else the innermost that sticks out most. */
  const widest = () => {
    const window = root.clientWidth;
    const found = [null, null, null];
    const note = (rank, element, width) => {
      const least = (found[rank]?.width ?? 0) + (rank === 2 ? -1 : 1);
      if (!found[rank] || width > least) found[rank] = { element, width };
    };
    const lengthOf = (map, name) => {
      const value = map.get(name);
      return value instanceof CSSUnitValue && value.unit === 'px' ? value.value : 0;
    };
    let looked = 0;
    for (const element of all(root, 'body *')) {
      looked += 1;
      if (looked > most.pieces || performance.now() > until) break;
      const { right, width } = boxOf(element);
      if (right + scrollX <= window + 1 || width <= 0 || !seen(element)) continue;
      const map = Element.prototype.computedStyleMap.call(element);
      const said = Math.max(lengthOf(map, 'width'), lengthOf(map, 'min-width'));
      if (said > window) note(0, element, said);
      else if (element instanceof HTMLImageElement && width > window) note(1, element, width);
      else note(2, element, right + scrollX);
    }
    const one = found.find((each) => each);
    return one ? { mark: markOf(one.element), width: Math.round(boxOf(one.element).width) } : null;
  };
  return { widest: widest(), texts: [...looks.values()], targets, complete };
})()`;
