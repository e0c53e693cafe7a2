/* Leaving a family's page at once: what was typed is forgotten, here and in Kith, and Back does not lead to it. */

"use strict";

(() => {
  const way = document.querySelector("form[data-leave]");
  if (!way) return;
  let escapedAt = 0;

  function leave() {
    const forget = new FormData(way);
    document.querySelectorAll("form:not([data-leave])").forEach((form) => {
      form.querySelectorAll("input:not([type=hidden]), textarea").forEach((box) => {
        if (box.type === "radio" || box.type === "checkbox") box.checked = false;
        else box.value = "";
      });
    });
    document.body.hidden = true;
    fetch(way.action, { method: "POST", body: forget, keepalive: true }).catch(() => {});
    window.location.replace(way.dataset.leave);
  }

  way.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (Date.now() - escapedAt < 2000) leave();
    escapedAt = Date.now();
  });
})();
