// Search as a reader types. The index was made with the site; Pagefind's program loads the few pieces of it that a
// question needs. Nothing of either is loaded before something is asked. `start(form)` shows results below a form that
// leads to the search page; the words, rows and icons of results stand in that page, in the site's language.
//
// What is found came from outside: it is only ever text of a node, never markup.

const SHOWN = 10; // results at a time
const ENOUGH = 5; // with fewer that have all the words, those that have some are shown too
const OPEN = 5; // what is open now is more likely the reader's problem: it counts as much as a title
const PAUSE = 150; // milliseconds without a key

export function start(form) {
  const isSearchPage = location.pathname === new URL(form.action).pathname;
  const found = document.createElement("div");
  form.after(found);

  let parts; // of the search page, and the index: what a first question loads, once
  let index;
  let turn = 0; // an answer that a later question has overtaken is not shown
  let timer;

  function clear() {
    found.replaceChildren();
    showLists(true);
  }

  async function ask() {
    const mine = ++turn;
    const question = questionOf(form);
    if (isEmpty(question)) return clear();
    try {
      parts ??= await partsOf(form);
      if (!found.hasChildNodes()) {
        found.replaceChildren(parts.copy("div"));
        say(found, parts, "searching");
      }
      index ??= indexOf(form, parts.shards);
      const answer = await search(await index, question);
      await show(found, parts, question.words, answer, () => mine === turn);
    } catch (error) {
      console.warn(error); // the form still leads to the search page, and that to the lists
      index = undefined;
      if (parts) say(found, parts, "failed");
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isSearchPage) remember(form);
      ask();
    }, PAUSE);
  });
  if (isSearchPage) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      remember(form);
      begun = false; // what is typed next is another question, and "back" leads to this one
      // The keyboard of a phone would cover what was found.
      if (matchMedia("(pointer: coarse)").matches) document.activeElement.blur();
      ask();
    });
    addEventListener("popstate", () => {
      recall(form);
      ask();
    });
    recall(form);
  }
  ask();
}

// ---- The question, and its address ----------------------------------------------------------------------------

// Words, and filters of which each must hold: of the names in one, any.
function questionOf(form) {
  const words = form.elements.q.value.trim();
  const filters = [...form.querySelectorAll("select")]
    .filter((select) => select.value)
    .map((select) => select.selectedOptions[0].dataset.filters.split(" "));
  return { words, filters };
}

const isEmpty = ({ words, filters }) => !words && !filters.length;

let begun = false; // whether the newest address of the history is still being typed

// A search can be linked to, and "back" leads to the one before; not each letter is a page of its own.
function remember(form) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  const address = `${location.pathname}${asked.size ? "?" : ""}${asked}`;
  if (address === location.pathname + location.search) return;
  history[begun ? "replaceState" : "pushState"](null, "", address);
  begun = true;
}

function recall(form) {
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name) field.value = asked.get(field.name) ?? "";
  begun = false;
}

// ---- What is loaded -------------------------------------------------------------------------------------------

// The search page says where the index is, and has what results are made of.
async function partsOf(form) {
  let page = document;
  if (!page.getElementById("search-parts")) {
    const answer = await fetch(form.action);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  }
  const template = page.getElementById("search-parts");
  const copy = (selector) => {
    const part = document.importNode(template.content.querySelector(selector), true);
    for (const link of part.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), form.action);
    return part;
  };
  return { copy, shards: template.dataset.shards.split(" ").filter(Boolean) };
}

async function indexOf(form, shards) {
  if (!shards.length) return { search: async () => ({ results: [] }), open: new Set() };
  const [first, ...others] = shards.map((name) => new URL(`index/${name}/`, form.action).pathname);
  const baseUrl = new URL("../", form.action).pathname;
  const pagefind = await import(`${first}pagefind.js`);
  await pagefind.options({ baseUrl, excerptLength: 20 });
  await Promise.all(others.map((path) => pagefind.mergeIndex(path, { baseUrl })));
  const { results } = await pagefind.search(null, { filters: { open: "1" } });
  return { search: pagefind.search, open: new Set(results.map(({ id }) => id)) };
}

// ---- Searching ------------------------------------------------------------------------------------------------

// Pagefind asks for every word that a shard knows. People describe their problem, and no entry has all of "my card was
// not taken in the shop". So each word is looked up by itself: what has all of them comes first, and where that is
// little, what has the most and the rarest of them follows.
async function search(index, { words, filters }) {
  const options = { filters: { all: filters.map((names) => ({ any: names.map((name) => ({ [name]: "1" })) })) } };
  if (!words) return { all: (await index.search(null, { ...options, sort: { opened: "desc" } })).results, some: [] };

  const telling = [...new Set(words.split(/\s+/))].filter((word) => word.length > 2);
  const each = words.startsWith('"') || !telling.length ? [words] : telling;
  const sums = new Map();
  for (const { results } of await Promise.all(each.map((word) => index.search(word, options)))) {
    for (const result of results) {
      const sum = sums.get(result.id) ?? { result, score: 0, words: 0 };
      if (result.score > sum.result.score) sum.result = result; // it knows where the rarer word stands
      sum.score += result.score;
      sum.words += 1;
      sums.set(result.id, sum);
    }
  }
  const weight = ({ result, score }) => score * (index.open.has(result.id) ? OPEN : 1);
  const found = [...sums.values()].sort((a, b) => weight(b) - weight(a));
  const least = found.reduce((most, { score }) => Math.max(most, score), 0) / 2;
  const all = found.filter((sum) => sum.words === each.length);
  const some = found.filter((sum) => sum.words < each.length && sum.score >= least && all.length < ENOUGH);
  return { all: all.map(({ result }) => result), some: some.map(({ result }) => result) };
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// For a word that is nowhere, Pagefind takes the longest one that it begins with: "x" for "xyzzy". That is no match.
// Some scripts put no spaces between words; there, Pagefind's word is taken for it.
function fits(words, { meta, excerpt }) {
  const text = plain(`${meta.title} ${meta.line} ${meta.state} ${excerpt}`);
  return !words || /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(words) ||
    wordsOf(words).some((word) => text.includes(word.slice(0, 3)));
}

// ---- Showing --------------------------------------------------------------------------------------------------

async function show(found, parts, words, { all, some }, isStill) {
  const results = [...all, ...some];
  let shown = 0;
  const next = async () => {
    const loaded = await Promise.all(results.slice(shown, shown + SHOWN).map((result) => result.data()));
    const rows = loaded.filter((each) => fits(words, each)).map((each) => row(parts, each));
    shown = rows.length ? shown + SHOWN : results.length;
    return rows;
  };
  const rows = await next();
  if (!isStill()) return;
  const list = found.querySelector("ul");
  const more = found.querySelector("button");
  list.replaceChildren(...rows);
  more.hidden = shown >= results.length;
  more.onclick = async () => {
    const added = await next();
    list.append(...added);
    more.hidden = shown >= results.length;
    added[0]?.querySelector("a").focus(); // the reader goes on where the list did
  };
  // No numbers: an index in two shards finds a little more than one would.
  showLists(!rows.length);
  say(found, parts, !rows.length ? "none" : !words ? "newest" : all.length ? "all" : "some");
}

// The search page's other ways to what is on record stand aside for what was found.
function showLists(shown) {
  document.querySelector(".ways")?.toggleAttribute("hidden", !shown);
}

function say(found, parts, what) {
  const status = found.querySelector("[role=status]");
  const said = parts.copy(`[data-say=${what}]`);
  // Said again, it would be read aloud again.
  if (status.textContent !== said.textContent) status.replaceChildren(...said.childNodes);
}

function row(parts, { url, meta, filters, excerpt }) {
  const item = parts.copy(".result");
  const link = item.querySelector("a");
  link.href = url.replace(/\.html$/, "/"); // `log/some-entry.html` in the index stands for that entry's page
  link.firstElementChild.textContent = meta.title;
  const status = Object.keys(filters).find((name) => name.startsWith("status-"));
  const chip = parts.copy(`[data-status="${status.slice("status-".length)}"]`);
  chip.lastElementChild.textContent = meta.state;
  item.querySelector(".chip").replaceWith(chip);
  const line = item.querySelector(".meta");
  line.append(meta.line);
  const marked = excerpt.split(/<\/?mark>/).map((text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  const seen = `${meta.title} ${meta.line}`.toLowerCase();
  if (marked.some((text, number) => number % 2 && !seen.includes(text.toLowerCase()))) line.after(quoted(marked));
  return item;
}

// Where neither the title nor the line shows why an entry was found: every other piece is a word that matched.
function quoted(pieces) {
  const quote = document.createElement("p");
  quote.className = "excerpt";
  pieces.forEach((text, number) => {
    if (number % 2 === 0) return quote.append(text);
    const mark = document.createElement("mark");
    mark.textContent = text;
    quote.append(mark);
  });
  return quote;
}

// The search page loads this file itself; other pages import it with the first letter that is typed.
const own = document.getElementById("search-parts") && document.querySelector("form[data-search]");
if (own) {
  own.dataset.search = "on"; // there is nothing left to be imported for it
  start(own);
}
