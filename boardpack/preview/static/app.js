// The page of a preview: takes what the server tells (server-sent events) and brings the page to it.
import {morph} from "./morph.js";
import {Pages} from "./pages.js";

const root = document.documentElement.dataset.root;
const paper = document.documentElement.dataset.paper;
const $ = (id) => document.getElementById(`pv-${id}`);
const still = matchMedia("(prefers-reduced-motion: reduce)");

const state = {serial: Number(document.documentElement.dataset.serial), text: null, pages: null, broken: false};
let counted = state.serial; // the last save of which the time to its pages has been taken
let chosen = null; // "text" or "pages" once the reader has chosen, null before
let shown = "text";

function fragment(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** Lets an element glow for a moment. */
function glow(element) {
  element.classList.remove("glow");
  void element.offsetWidth; // a class that comes back in the same moment starts no animation
  element.classList.add("glow");
  setTimeout(() => element.classList.remove("glow"), 2200);
}

function say(words) {
  $("said").textContent = words;
}

function painted(then) {
  requestAnimationFrame(() => setTimeout(then));
}

// What the server tells

function showText(told) {
  const changed = [];
  const first = state.text === null;
  document.title = `${told.title}: preview`;
  $("title").textContent = told.title;
  $("where").textContent = told.where;
  $("counts").textContent = told.counts;
  if (paper) $("jump").textContent = told.counts;
  morph($("facts"), fragment(told.facts));
  morph($("list"), fragment(told.findings));
  morph($("over"), fragment(told.over));
  morph($("text"), outside(fragment(told.article)), (element) => changed.push(element));
  document.body.classList.toggle("broken", told.broken);
  if (!first && told.serial !== state.serial) {
    changed.forEach(glow);
    state.changed = changed.find((element) => element.textContent.trim()) ?? null;
    offer();
    if (told.broken && !state.broken) say(`Cannot be read as it stands. ${told.counts}.`);
    else if (!told.broken) say(`Updated. ${told.counts}.`);
    painted(() => measured("text", told.moment));
  }
  Object.assign(state, {serial: told.serial, text: told, broken: told.broken});
  progress();
}

/** Links to elsewhere open beside the preview and tell nobody where they were clicked. */
function outside(body) {
  for (const link of body.querySelectorAll("a[href]")) {
    if (/^(https?|mailto|tel):/i.test(link.getAttribute("href"))) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  }
  return body;
}

function showPages(told) {
  state.pages = told;
  $("where").textContent = told.where;
  $("show-pages").disabled = !told.sizes.length;
  // In a narrow window whole pages are too small to read: there the text stays until somebody asks for them.
  if (chosen === null && told.sizes.length && innerWidth > 700) show("pages");
  pages.update(told, () => {
    if (told.serial > counted) offer();
    if (told.serial > counted) measured("pages", told.moment);
    counted = Math.max(counted, told.serial);
  });
  progress();
}

/** Offers the way to what a save has changed, where that is out of sight. */
async function offer() {
  if (!paper) return;
  const block = state.changed;
  $("changed").hidden = true;
  if (!block?.isConnected || state.broken) return;
  const box = shown === "text" ? block.getBoundingClientRect() : await pages.place(block);
  const unseen = box && (box.bottom < $("head").offsetHeight + 60 || box.top > innerHeight - 20);
  $("changed").hidden = !unseen || block !== state.changed;
}

function progress() {
  if (!paper) return;
  const laying = !state.broken && (state.pages?.serial ?? -1) < state.serial && !$("notice").textContent;
  document.body.classList.toggle("laying", laying);
  $("progress").textContent = laying ? (state.pages ? "Pages are being laid out" : "The pages are on their way; this is the text") : "";
}

const times = {};
function measured(what, moment) {
  times[what] = Date.now() - moment * 1000;
  const told = [];
  if (times.text) told.push(`text ${Math.round(times.text)} ms`);
  if (times.pages) told.push(`pages ${(times.pages / 1000).toFixed(2)} s`);
  $("times").textContent = `From the save to the screen: ${told.join(", ")}`;
}

function connect() {
  const source = new EventSource(`${root}events${paper ? `?paper=${encodeURIComponent(paper)}` : ""}`);
  source.addEventListener("text", (event) => showText(JSON.parse(event.data)));
  source.addEventListener("pages", (event) => showPages(JSON.parse(event.data)));
  source.addEventListener("notice", (event) => {
    $("notice").textContent = JSON.parse(event.data).text;
    progress();
  });
  source.onopen = () => live(true);
  source.onerror = () => {
    live(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  };
  addEventListener("pagehide", () => source.close());
}

function live(yes) {
  document.body.classList.toggle("offline", !yes);
  $("state-words").textContent = yes ? "Live" : "The preview has ended; start it again in the terminal";
}

// What the reader does

function show(what) {
  shown = what;
  const isPages = what === "pages";
  $("pages").hidden = !isPages;
  $("text").hidden = isPages;
  $("show-pages").setAttribute("aria-pressed", isPages);
  $("show-text").setAttribute("aria-pressed", !isPages);
  if (isPages) pages.draw();
}

/** The block of the text that stands on a line of the paper's file, or the last one before it. */
function blockAt(line) {
  let best = null;
  for (const each of $("text").querySelectorAll("[data-line]")) {
    const at = Number(each.dataset.line);
    if (at <= line && (!best || at >= Number(best.dataset.line))) best = each;
  }
  return best;
}

async function goTo(block) {
  if (!block || (shown === "pages" && (await pages.find(block)))) return;
  chosen = "text";
  show("text");
  block.scrollIntoView({block: "center", behavior: still.matches ? "auto" : "smooth"});
  glow(block);
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    say("Copied");
  } catch {
    button.textContent = "Not allowed";
    say("The browser does not allow copying here");
  }
  setTimeout(() => (button.textContent = "Copy"), 1600);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.classList.contains("copy")) copy(button);
  if (button?.classList.contains("goto")) goTo(blockAt(Number(button.dataset.line)));
});

let pages = null;
if (paper) {
  pages = new Pages($("pages"), `${root}paper/${encodeURIComponent(paper)}/`, {
    sized(zoom, fit) {
      $("size").textContent = `${Math.round(zoom * 100)}%`;
      $("fit").setAttribute("aria-pressed", fit);
      $("text").style.setProperty("--zoom", fit ? 1 : zoom);
    },
    glow,
  });
  const keys = {"+": () => pages.step(1), "=": () => pages.step(1), "-": () => pages.step(-1), "0": () => pages.set(1), f: () => pages.fit()};
  $("larger").onclick = keys["+"];
  $("smaller").onclick = keys["-"];
  $("size").onclick = keys["0"];
  $("fit").onclick = keys.f;
  $("changed").onclick = () => {
    $("changed").hidden = true;
    goTo(state.changed);
    $(shown).focus({preventScroll: true});
  };
  $("show-pages").onclick = () => show((chosen = "pages"));
  $("show-text").onclick = () => show((chosen = "text"));
  // Single keys work only while the paper itself has the focus, so that they do not get in the way of anything else.
  for (const region of [$("pages"), $("text")]) {
    region.addEventListener("keydown", (event) => {
      if (event.target !== region || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
}
// What sticks below the head must know how tall it is.
new ResizeObserver(([entry]) => {
  document.documentElement.style.setProperty("--head", `${Math.round(entry.target.offsetHeight)}px`);
}).observe($("head"));

outside($("text"));
connect();
