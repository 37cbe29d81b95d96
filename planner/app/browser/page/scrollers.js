// Tables that are wider than the screen take the keyboard's focus, so that arrows can move them.

const SCROLLERS = ".stTable > div";

/** @param {Element} root */
export function reachScrollers(root) {
  let waits = false;
  const look = () => {
    waits = false;
    for (const one of root.querySelectorAll(SCROLLERS)) {
      if (one.scrollWidth > one.clientWidth) one.setAttribute("tabindex", "0");
      else one.removeAttribute("tabindex");
      for (const changing of [one, ...one.children]) sizes.observe(changing);
    }
  };
  const lookSoon = () => {
    if (!waits) requestAnimationFrame(look);
    waits = true;
  };
  const sizes = new ResizeObserver(lookSoon);
  new MutationObserver(lookSoon).observe(root, { childList: true, subtree: true });
  addEventListener("resize", lookSoon);
  lookSoon();
}
