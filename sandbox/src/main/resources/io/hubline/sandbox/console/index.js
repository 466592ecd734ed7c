
"use strict";
(() => {
  const every = 5000;
  const parts = ["header", "main", "footer"];
  const place = () => {
    const at = document.activeElement;
    return at && at !== document.body ? [...document.querySelectorAll("a, pre")].indexOf(at) : -1;
  };
  const refresh = async () => {
    const lost = document.getElementById("lost");
    try {
      const answer = await fetch("/", { cache: "no-store", signal: AbortSignal.timeout(every) });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      lost.hidden = true;
      // A swap would take away what somebody has just marked to copy it.
      if (String(getSelection()) !== "") return;
      const focused = place();
      document.title = fresh.title;
      for (const part of parts) {
        const old = document.querySelector(part), now = fresh.querySelector(part);
        if (old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML;
      }
      if (focused >= 0) document.querySelectorAll("a, pre")[focused]?.focus({ preventScroll: true });
    } catch {
      lost.hidden = false;
    }
  };
  const loop = async () => {
    if (!document.hidden) await refresh();
    setTimeout(loop, every);
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  setTimeout(loop, every);
})();
