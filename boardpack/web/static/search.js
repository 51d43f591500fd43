// Looks through the sections of all pages for every word that is typed, as the beginning of a word or anywhere in one.
"use strict";

(() => {
  const MOST = 50;
  const AROUND = 90;
  const field = document.getElementById("q");
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
  const pages = globalThis.boardpackPages.map(([address, title, heading, words]) => ({
    address, title, heading, words, name: folded(`${title} ${heading}`), text: folded(words),
  }));

  const score = (page, terms) => {
    let sum = 0;
    for (const term of terms) {
      const inName = page.name.includes(term);
      const at = page.text.indexOf(term);
      if (!inName && at < 0) return 0;
      const begins = at === 0 || (at > 0 && /[^\p{L}\p{N}]/u.test(page.text[at - 1]));
      sum += (inName ? 10 : 0) + (at >= 0 ? 2 : 0) + (begins ? 2 : 0);
    }
    return sum;
  };

  // A letter at a time, so that a place in what is given is one in the words: folding may change how long a text is.
  const aligned = (words) => words.toLowerCase().replace(/[^\x00-\x7f]/gu, (sign) =>
    folded(sign).padEnd(sign.length, "\0").slice(0, sign.length));

  const marked = (words, terms) => {
    const plain = aligned(words);
    const places = terms.map((term) => plain.indexOf(term)).filter((at) => at >= 0);
    const first = places.length ? Math.min(...places) : 0;
    const from = first > AROUND ? words.indexOf(" ", first - AROUND) + 1 : 0;
    const space = words.indexOf(" ", first + 2 * AROUND);
    const to = space < 0 ? words.length : space;
    const shown = words.slice(from, to);
    const line = document.createElement("p");
    line.className = "detail";
    line.append(from ? "… " : "");
    let at = 0;
    const low = aligned(shown);
    while (at < shown.length) {
      const next = terms.map((term) => [low.indexOf(term, at), term]).filter(([place]) => place >= 0);
      if (!next.length) break;
      next.sort((one, other) => one[0] - other[0]);
      const [place, term] = next[0];
      line.append(shown.slice(at, place));
      const mark = document.createElement("mark");
      mark.textContent = shown.slice(place, place + term.length);
      line.append(mark);
      at = place + term.length;
    }
    line.append(shown.slice(at), to < words.length ? " …" : "");
    return line;
  };

  const entry = (page, terms) => {
    const item = document.createElement("li");
    const head = document.createElement("p");
    const link = document.createElement("a");
    head.className = "lead";
    link.href = page.address;
    link.textContent = page.heading ? `${page.heading} · ${page.title}` : page.title;
    head.append(link);
    item.append(head, marked(page.words, terms));
    return item;
  };

  const look = () => {
    const terms = folded(field.value).split(/\s+/).filter(Boolean);
    const found = terms.length
      ? pages.map((page) => [score(page, terms), page]).filter(([points]) => points > 0)
      : [];
    found.sort((one, other) => other[0] - one[0]);
    list.replaceChildren(...found.slice(0, MOST).map(([, page]) => entry(page, terms)));
    const number = found.length === 1 ? "1 place found" : `${found.length} places found`;
    count.textContent = terms.length ? (found.length > MOST ? `${number}, the first ${MOST} are shown` : number) : "";
  };

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  look();
})();
