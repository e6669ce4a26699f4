// Runs in a page, opens every fold, and answers what reaches beyond the window and which texts are too small.
(() => {
  const SMALLEST = 12;
  const MOST = 20;

  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const overflow = [...document.body.querySelectorAll("*")].filter(reachesOut).map(nameOf);
  const isWide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  const small = textsOf(document.body).filter((element) => sizeOf(element) < SMALLEST - 0.05);
  return {
    overflow: [...(isWide ? ["the page itself"] : []), ...overflow].slice(0, MOST),
    small: small.map((one) => `${sizeOf(one).toFixed(1)} px ${nameOf(one)}`).slice(0, MOST),
  };

  function nameOf(element) {
    const text = (element.textContent ?? "").trim().slice(0, 60);
    return `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}: ${text}`;
  }

  /** Code is scrolled where it stands, and so are contents that lead to parts of the page. */
  function reachesOut(element) {
    if (element.closest("pre, nav") !== null) return false;
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.right > document.documentElement.clientWidth + 1) return true;
    return holdsMore(element) && getComputedStyle(element).overflowX !== "visible";
  }

  function holdsMore({ clientWidth, scrollWidth }) {
    return clientWidth > 0 && scrollWidth > clientWidth + 1;
  }

  /** The elements that hold words themselves. */
  function textsOf(root) {
    const found = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement;
      if ((text.textContent ?? "").trim() !== "" && element.closest("style, script") === null) {
        found.push(element);
      }
    }
    return found;
  }

  /** A picture that is drawn smaller shows its words smaller. */
  function sizeOf(element) {
    const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
    return Number.parseFloat(getComputedStyle(element).fontSize) * scale;
  }
})();
