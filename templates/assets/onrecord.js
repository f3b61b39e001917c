// What a page gains where scripts run: the reader's own time beside the printed one, word of a record that nobody looks
// after, search while typing, Escape for the menu, and a switch between light and dark. Every page is whole without it,
// and nothing of it shows before it works. Generated pages carry it within, without comments and indentation, so it stays
// below 2,000 bytes; hand-written pages load it.
{
  const { dataset: words } = document.currentScript;
  const page = document.documentElement;

  // The reader's own time, where it is another than the printed one. It is put in while the page is still being read,
  // before it is painted, so nothing moves. `data-here` is when a stretch of time ends; a moment ends when it begins.
  new MutationObserver(() => {
    for (const time of document.querySelectorAll("time[data-here]")) {
      const { dateTime, dataset } = time;
      const start = new Date(dateTime);
      const said = new Date(dateTime.slice(0, 19)); // without its zone it is in the reader's
      const form = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
      const here = new Intl.DateTimeFormat(page.lang, form).formatRange(start, new Date(dataset.here));
      if (start - said) time.after(" " + words.here.replace("%s", here));
      delete dataset.here;
    }
  }).observe(page, { childList: true, subtree: true });

  // Nobody has looked for hours: the reader should know. Asked once, past any cache, when all else is there.
  onload = async () => {
    try {
      const answer = await fetch(words.root + "build.json", { cache: "no-cache" });
      const { built_at, fresh_until } = await answer.json();
      const hours = (Date.parse(built_at) - Date.now()) / 36e5;
      const [age, unit] = hours > -48 ? [hours, "hour"] : [hours / 24, "day"];
      const ago = new Intl.RelativeTimeFormat(page.lang).format(Math.round(age), unit);
      if (Date.parse(fresh_until) < Date.now())
        document.querySelector(".stale").textContent = words.stale.replace("%s", ago);
    } catch {} // offline
  };

  // What search needs comes with the first letter that someone types.
  oninput = ({ target: { form } }) => {
    if (form?.dataset.search == "")
      import(form.dataset.search = words.root + "assets/search.js").then((search) => search.start(form));
  };

  onkeydown = ({ key }) => {
    const summary = key == "Escape" && document.querySelector(".menu[open] summary");
    if (summary) summary.focus(), summary.click();
  };

  // Light and dark. The style sheets follow the system, or what stands here; a choice is kept as long as it differs from
  // the system. A browser that forbids to keep anything stops at the first line, and then there is no switch.
  const kept = localStorage;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const own = () => (system.matches ? "dark" : "light");
  const show = () => (page.dataset.scheme = kept.onrecord || own());
  system.onchange = onpageshow = show; // a page that comes back may be behind
  show();
  onclick = ({ target }) => {
    if (!target.closest(".scheme")) return;
    const other = page.dataset.scheme == "dark" ? "light" : "dark";
    kept.onrecord = other == own() ? "" : other;
    show();
  };
}
