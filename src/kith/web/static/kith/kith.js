/* What scripts add to Kith: keys, a warning before time runs out. Every page works without this file. */

"use strict";

(() => {
  const body = document.body;
  body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) body.classList.add("govuk-frontend-supported");
  if (window.GOVUKFrontend) window.GOVUKFrontend.initAll();

  /* Keys: `/` finds, `g` and a letter goes, `?` shows them. */

  const keysDialog = document.getElementById("kith-keys-dialog");
  let isGoing = false;

  const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  function go(letter) {
    const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
    if (link) link.click();
    return Boolean(link);
  }

  function find() {
    const box = document.getElementById("kith-find");
    if (box) box.focus();
    return Boolean(box);
  }

  function showKeys() {
    if (keysDialog && !keysDialog.open) keysDialog.showModal();
    return Boolean(keysDialog);
  }

  function add(letter) {
    const link = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (link) link.click();
    return Boolean(link);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const wasGoing = isGoing;
    isGoing = false;
    if (wasGoing) {
      if (go(event.key)) event.preventDefault();
    } else if (event.key === "g") {
      isGoing = true;
    } else if ((event.key === "/" && find()) || (event.key === "?" && showKeys()) || (event.key === "n" && add("n"))) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]") && showKeys()) event.preventDefault();
    document.querySelectorAll("details.kith-you[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.kith-you[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* A wide picture of a life opens at its newest end; one of a family, at the child. */

  document.querySelectorAll("[data-newest]").forEach((wide) => { wide.scrollLeft = wide.scrollWidth; });
  document.querySelectorAll(".kith-genogram__person--child").forEach((child) => {
    const wide = child.closest(".kith-scroll");
    const at = child.getBoundingClientRect().left - wide.getBoundingClientRect().left;
    wide.scrollLeft = at - wide.clientWidth / 2;
  });

  /* Fields that need scripts show; a folder's files are told with their paths, which a form alone loses. */

  document.querySelectorAll("[data-needs-script]").forEach((field) => { field.hidden = false; });
  document.querySelectorAll("input[data-paths]").forEach((input) => {
    input.addEventListener("change", () => {
      const paths = Array.from(input.files, (file) => file.webkitRelativePath || file.name);
      document.getElementById(input.dataset.paths).value = JSON.stringify(paths);
    });
  });

  /* One press answers for all: here at once; without scripts the form comes back so. */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=all]");
    if (!button) return;
    event.preventDefault();
    const [name, question, value] = button.value.split(":");
    const wanted = question
      ? `input[type=radio][name^="${CSS.escape(name)}-"][name$="-${CSS.escape(question)}"][value="${CSS.escape(value)}"]`
      : `input[type=checkbox][name="${CSS.escape(name)}"]`;
    button.form.querySelectorAll(wanted).forEach((box) => {
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });

  /* Idle time: two minutes before the sign-in ends, say so, and let one press keep it. */

  const idle = document.querySelector('meta[name="kith-idle"]');
  const dialog = document.getElementById("kith-idle-dialog");
  if (!idle || !dialog) return;

  const seconds = Number(idle.content);
  const warning = Number(idle.dataset.warn);
  const left = dialog.querySelector("[data-idle-left]");
  let usedAt = Date.now();

  async function stay() {
    const answer = await fetch(idle.dataset.stay, { headers: { Accept: "text/plain" }, redirect: "manual" });
    dialog.close();
    usedAt = Date.now();
    if (answer.ok) return;
    const isSeenTo = !document.dispatchEvent(new CustomEvent("kith:signed-out", { cancelable: true }));
    if (!isSeenTo) window.location.reload(); // a page with something typed asks to sign in on top of it
  }

  document.addEventListener("kith:used", () => {
    usedAt = Date.now();
    if (dialog.open) dialog.close();
  });

  dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.pathInfo?.requestPath?.includes("by-itself")) usedAt = Date.now();
  });

  setInterval(() => {
    const remaining = Math.round(seconds - (Date.now() - usedAt) / 1000);
    if (remaining > warning) return;
    left.textContent = remaining > 60 ? `${Math.ceil(remaining / 60)} minutes` : `${Math.max(remaining, 0)} seconds`;
    if (!dialog.open) dialog.showModal();
  }, 5000);
})();
