// What the keyboard can get to on a page, and where it is.
(() => {
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const all = [...document.querySelectorAll(kinds)].filter(element =>
    !element.disabled && element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true})
    && (element.matches("summary") || !element.closest("details:not([open])")));

  const hits = (element, x, y) => {
    const at = document.elementFromPoint(x, y);
    return at !== null && element.contains(at);
  };

  // A link within a sentence has words beside it.
  const inText = element => getComputedStyle(element).display === "inline"
    && [...element.parentElement.childNodes].some(node => node.nodeType === 3 && /\w{2}/.test(node.data));

  return {
    length: all.length,
    now(least) {
      const element = document.activeElement;
      if (element === document.body || element === document.documentElement) return null;
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      const inside = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
      const top = box.top + scrollY, bottom = box.bottom + scrollY;
      element.scrollIntoView({block: "center", behavior: "instant"});
      const line = [...element.getClientRects()].reduce((one, other) => other.width > one.width ? other : one);
      const [x, y] = [line.left + line.width / 2, line.top + line.height / 2];
      const reach = (dx, dy) => {
        let px = 0;
        while (px < least && hits(element, x + dx * (px + 1), y + dy * (px + 1))) px++;
        return px;
      };
      const label = element.getAttribute("aria-label") || element.textContent || element.name || element.tagName;
      return {
        number: all.indexOf(element),
        name: label.trim().replace(/\s+/g, " ").slice(0, 60),
        top, bottom,
        seen: inside && hits(element, x, y),
        ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inText: inText(element),
        wide: reach(-1, 0) + 1 + reach(1, 0),
        high: reach(0, -1) + 1 + reach(0, 1),
      };
    },
  };
})()
