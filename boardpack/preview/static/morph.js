// Brings a piece of the page to a new state and leaves alone what has not changed, so that scrolling, focus and
// selection stay where they are. Calls `changed` with each element whose own words have changed.

const LEAVES = "p, h1, h2, h3, h4, h5, h6, tr, li, pre, dt, dd, figcaption, img";

/** What an element says, whatever line of its file it stands on. */
function said(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeValue;
  return node.outerHTML.replace(/ data-line="\d+"/g, "");
}

/** The longest common run of two lists of strings, as pairs of places. */
function common(one, other) {
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  let tail = 0;
  const most = Math.min(one.length, other.length) - head;
  while (tail < most && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  const a = one.slice(head, one.length - tail), b = other.slice(head, other.length - tail);
  const long = Array.from({length: a.length + 1}, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      long[i][j] = a[i] === b[j] ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
  const pairs = [];
  for (let i = 0; i < head; i++) pairs.push([i, i]);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([head + i++, head + j++]);
    else if (long[i + 1][j] >= long[i][j + 1]) i++;
    else j++;
  }
  for (let i = tail; i > 0; i--) pairs.push([one.length - i, other.length - i]);
  return pairs;
}

function lines(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) return;
  const from = [fresh, ...fresh.querySelectorAll("[data-line]")];
  const to = [old, ...old.querySelectorAll("[data-line]")];
  if (from.length !== to.length) return;
  from.forEach((each, at) => {
    if (each.dataset.line) to[at].dataset.line = each.dataset.line;
  });
}

function attributes(old, fresh) {
  for (const {name} of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const {name, value} of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

/** Makes the children of `old` those of `fresh`. */
export function morph(old, fresh, changed = () => {}) {
  const before = [...old.childNodes], after = [...fresh.childNodes];
  const pairs = common(before.map(said), after.map(said));
  let i = 0, j = 0;
  for (const [keep, same] of [...pairs, [before.length, after.length]]) {
    stretch(old, before.slice(i, keep), after.slice(j, same), before[keep] ?? null, changed);
    if (keep < before.length) lines(before[keep], after[same]);
    i = keep + 1;
    j = same + 1;
  }
}

/** A run of children that differ: what has the same name is brought to its new state, the rest comes and goes. */
function stretch(parent, before, after, next, changed) {
  let at = 0;
  for (const fresh of after) {
    let found = at;
    while (found < before.length && before[found].nodeName !== fresh.nodeName) found++;
    if (found === before.length) {
      parent.insertBefore(fresh, before[at] ?? next);
      if (fresh.nodeType === Node.ELEMENT_NODE) changed(fresh);
      continue;
    }
    while (at < found) before[at++].remove();
    bring(before[at++], fresh, changed);
  }
  while (at < before.length) before[at++].remove();
}

function bring(old, fresh, changed) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  attributes(old, fresh);
  if (old.matches(LEAVES) && !fresh.querySelector("p, ul, ol, table")) {
    const moved = unnumbered(old) === unnumbered(fresh);
    old.replaceChildren(...fresh.childNodes);
    if (!moved) changed(old);
  } else {
    morph(old, fresh, changed);
  }
}

/** What an element says besides its number, which moves when something is put in before it. */
function unnumbered(element) {
  return said(element).replace(/<span class="number">[^<]*<\/span>/g, "");
}
