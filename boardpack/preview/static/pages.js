// The true pages: pictures drawn by the server for the size and the screen at hand, fetched when they come into view.

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const INCH = 96 / 72; // pixels of CSS to a point
const SHARPEST = 6; // pixels a point that the server draws at most

export class Pages {
  constructor(box, address, {sized, glow}) {
    Object.assign(this, {box, address, sized, glow, told: null, zoom: 1, fitted: true, sheets: [], drawn: null});
    this.watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        entry.target.near = entry.isIntersecting;
        if (entry.isIntersecting) this.fetch(entry.target);
      }
    }, {rootMargin: "900px"});
    new ResizeObserver(() => this.draw()).observe(box);
    this.followScreen();
  }

  /** Takes a new layout; calls `then` once the first page in view is on the screen. */
  update(told, then) {
    this.told = told;
    this.drawn = then;
    while (this.sheets.length > told.sizes.length) this.drop(this.sheets.pop());
    while (this.sheets.length < told.sizes.length) this.sheets.push(this.sheet());
    this.draw();
  }

  step(by) {
    const now = this.scale() / INCH;
    const way = by > 0 ? STEPS.find((step) => step > now + 0.01) : STEPS.findLast((step) => step < now - 0.01);
    this.set(way ?? now);
  }

  set(zoom) {
    this.fitted = false;
    this.zoom = zoom;
    this.draw();
  }

  fit() {
    this.fitted = true;
    this.draw();
  }

  /** Pixels of CSS to a point. */
  scale() {
    if (!this.fitted || !this.told?.sizes.length) return this.zoom * INCH;
    const room = this.box.clientWidth - 2;
    const widest = Math.max(...this.told.sizes.map(([width]) => width));
    return room > 50 ? Math.min(room / widest, 1.6 * INCH) : INCH;
  }

  draw() {
    if (!this.told) return;
    const scale = this.scale();
    this.sized(scale / INCH, this.fitted);
    this.told.sizes.forEach(([width, height], at) => {
      const sheet = this.sheets[at];
      sheet.style.width = `${width * scale}px`;
      sheet.style.height = `${height * scale}px`;
      const number = this.told.first ? this.told.first + at : 0;
      const name = number ? `Page ${number}` : `Page ${at + 1} of the paper`;
      sheet.picture.alt = `${name}; its words are in the text view`;
      sheet.at = at + 1;
      sheet.sharp = Math.min(Math.ceil(scale * devicePixelRatio * 20) / 20, SHARPEST);
      if (sheet.near) this.fetch(sheet);
    });
  }

  sheet() {
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.picture = document.createElement("img");
    sheet.append(sheet.picture);
    this.box.append(sheet);
    this.watch.observe(sheet);
    return sheet;
  }

  drop(sheet) {
    this.watch.unobserve(sheet);
    sheet.remove();
  }

  /** Fetches a page unless it is there as it is wanted; the old picture stays until the new one can be shown. */
  async fetch(sheet) {
    const wanted = `${this.address}page/${sheet.at}.png?scale=${sheet.sharp}&v=${this.told.serial}-${this.told.first}`;
    if (sheet.wanted === wanted) return;
    sheet.wanted = wanted;
    const fresh = new Image();
    fresh.alt = sheet.picture.alt;
    fresh.src = wanted;
    try {
      await fresh.decode();
    } catch {
      return; // the paper has fewer pages by now, or the preview has ended
    }
    if (sheet.wanted !== wanted) return;
    const old = sheet.picture;
    old.replaceWith(fresh);
    sheet.picture = fresh;
    if (old.naturalWidth && sheet.serial !== this.told.serial) this.mark(sheet, old, fresh);
    sheet.serial = this.told.serial;
    const then = this.drawn;
    this.drawn = null;
    if (then) requestAnimationFrame(() => setTimeout(then));
  }

  /** Lets the stretch of a page glow in which the new picture differs from the old one. */
  mark(sheet, old, fresh) {
    const [one, other] = [old, fresh].map(small);
    const rows = [];
    for (let at = 0; at < one.length; at += 4) {
      if (Math.abs(one[at] - other[at]) + Math.abs(one[at + 1] - other[at + 1]) + Math.abs(one[at + 2] - other[at + 2]) > 24)
        rows.push(Math.floor(at / 4 / SMALL));
    }
    if (!rows.length) return;
    this.band(sheet, rows[0] / TALL, (rows.at(-1) + 1 - rows[0]) / TALL);
  }

  /** Shows the place on the pages where a block of the text stands; says whether there is one. */
  async find(block) {
    const found = await this.locate(block);
    if (!found) return false;
    this.band(this.sheets[found.page - 1], found.top - 0.004, found.height + 0.008).scrollIntoView({block: "center"});
    return true;
  }

  /** Where on the screen a block of the text stands on its page; null where it is not found. */
  async place(block) {
    const found = await this.locate(block);
    if (!found) return null;
    const {top, height} = this.sheets[found.page - 1].getBoundingClientRect();
    return {top: top + found.top * height, bottom: top + (found.top + found.height) * height};
  }

  async locate(block) {
    const copy = block.cloneNode(true);
    for (const number of copy.querySelectorAll(".number, img")) number.remove();
    const words = copy.textContent.trim().split(/\s+/).slice(0, 7).join(" ");
    if (!words) return null;
    const answer = await fetch(`${this.address}find?words=${encodeURIComponent(words)}`);
    const found = answer.ok ? await answer.json() : null;
    return found && this.sheets[found.page - 1] ? found : null;
  }

  /** A stretch of a page, in shares of its height, that glows for a moment. */
  band(sheet, top, height) {
    const band = document.createElement("div");
    band.className = "band";
    band.style.top = `${top * 100}%`;
    band.style.height = `${height * 100}%`;
    sheet.append(band);
    this.glow(band);
    setTimeout(() => band.remove(), 2300);
    return band;
  }

  /** A window that moves to another screen, or a browser that zooms, changes how many pixels there are to draw for. */
  followScreen() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
      this.draw();
      this.followScreen();
    }, {once: true});
  }
}

const SMALL = 120, TALL = 170;

/** The pixels of a picture made small. */
function small(picture) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SMALL, TALL];
  const brush = canvas.getContext("2d", {willReadFrequently: true});
  brush.drawImage(picture, 0, 0, SMALL, TALL);
  return brush.getImageData(0, 0, SMALL, TALL).data;
}
