/* Drafts: what is typed into a form marked data-draft is kept, on the server first, on this device while the
   line is down; signing in again happens on top of the page. Without this file a form is kept as it is sent. */

"use strict";

(() => {
  const AFTER_A_KEY = 700; // milliseconds; what was typed two seconds ago has to be kept
  const AT_LATEST = 1200; // however fast somebody types
  const SLOW = 1000; // no answer by then: this device keeps it as well
  const GIVE_UP = 8000;
  const AGAIN_AFTER = 3000;
  const KEEPALIVE_HOLDS = 60000; // bytes that a closing page may still send
  const OLD = 30 * 24 * 60 * 60 * 1000;
  const ELSEWHERE = "https://www.gov.uk/";
  const STORE = "kith-drafts";

  const utf8 = new TextEncoder();
  const clock = (at) =>
    new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
  const newTab = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /* This device: sealed with a key that cannot be taken out, and that lives in this page alone. */

  function whenDone(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function inStore(mode, ask) {
    const opening = indexedDB.open(STORE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "id" });
    const store = await whenDone(opening);
    try {
      const writing = store.transaction("drafts", mode);
      const written = new Promise((resolve, reject) => {
        writing.oncomplete = resolve;
        writing.onabort = () => reject(writing.error);
      });
      const answer = await whenDone(ask(writing.objectStore("drafts")));
      await written;
      return answer;
    } finally {
      store.close();
    }
  }

  async function keyFrom(secret) {
    if (!secret || !window.indexedDB || !crypto.subtle) return null;
    const bytes = Uint8Array.from(secret.match(/../g), (pair) => parseInt(pair, 16));
    return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async function keepOnDevice(key, entry) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const { id, owner, url } = entry;
    const about = { name: "AES-GCM", iv, additionalData: utf8.encode(id) };
    const sealed = await crypto.subtle.encrypt(about, key, utf8.encode(JSON.stringify(entry)));
    await inStore("readwrite", (store) => store.put({ id, owner, url, iv, sealed, at: Date.now() }));
  }

  async function fromDevice(key, kept) {
    const about = { name: "AES-GCM", iv: kept.iv, additionalData: utf8.encode(kept.id) };
    const opened = await crypto.subtle.decrypt(about, key, kept.sealed);
    return JSON.parse(new TextDecoder().decode(opened));
  }

  const takeFromDevice = (id) => inStore("readwrite", (store) => store.delete(id));
  const onDevice = () => inStore("readonly", (store) => store.getAll());
  const wipeDevice = () => window.indexedDB && indexedDB.deleteDatabase(STORE);

  /* What stands in a form, and putting it back. */

  const isOurs = (name) => name === "csrfmiddlewaretoken" || name.startsWith("draft_");

  function typedIn(form) {
    const secret = new Set(Array.from(form.querySelectorAll("input[type=password]"), (box) => box.name));
    const fields = Object.create(null);
    for (const [name, value] of new FormData(form)) {
      if (isOurs(name) || secret.has(name) || typeof value !== "string") continue;
      (fields[name] ||= []).push(value);
    }
    return fields;
  }

  function putBack(form, fields) {
    const seen = Object.create(null);
    for (const box of form.elements) {
      if (!box.name || isOurs(box.name) || /^(file|password|submit|button|reset)$/.test(box.type)) continue;
      const values = Object.hasOwn(fields, box.name) ? fields[box.name] : [];
      if (box.type === "radio" || box.type === "checkbox") {
        box.checked = values.includes(box.value);
      } else if (box.type === "select-multiple") {
        for (const option of box.options) option.selected = values.includes(option.value);
      } else {
        const place = seen[box.name] || 0;
        seen[box.name] = place + 1;
        if (place < values.length) box.value = values[place];
        else if (box.type !== "hidden") box.value = "";
      }
    }
    window.dispatchEvent(new Event("pageshow")); // boxes that show when another is chosen look again
  }

  /* One form and its draft. */

  class Draft {
    constructor(form, mark) {
      this.form = form;
      this.mark = mark;
      this.url = mark.dataset.save;
      this.signInUrl = mark.dataset.signIn || "";
      this.owner = this.ours("owner").value;
      this.revision = Number(this.ours("revision").value);
      this.tab = newTab();
      this.saves = 0;
      this.told = -1; // what `typed` was when it was last told
      this.isBringingBack = false;
      this.typed = 0; // counts what was typed; `kept` is the count that was saved
      this.kept = 0;
      this.typedFirstAt = 0;
      this.isSent = false;
      this.isOver = false; // somebody else signed in: nothing of this page is sent any more
      this.clash = null;
      this.takeMine = false;
      this.line = null; // the save that is on its way
      const secret = mark.dataset.secret;
      mark.removeAttribute("data-secret");
      this.deviceKey = keyFrom(secret);
      this.listen();
      if (!this.revision) this.say("Kept as you type.", "new");
      else mark.dataset.state = "saved"; // and the page says since when
      this.catchUp().finally(() => { mark.dataset.isCaughtUp = ""; });
    }

    get id() {
      return `${this.owner} ${this.url}`;
    }

    ours(name) {
      return this.form.elements[`draft_${name}`];
    }

    listen() {
      const typed = () => {
        this.typed += 1;
        this.typedFirstAt ||= Date.now();
        clearTimeout(this.timer);
        const wait = Math.min(AFTER_A_KEY, this.typedFirstAt + AT_LATEST - Date.now());
        this.timer = setTimeout(() => this.save(), Math.max(wait, 0));
      };
      this.form.addEventListener("input", typed);
      this.form.addEventListener("change", () => {
        typed();
        this.save();
      });
      this.form.addEventListener("focusout", () => this.save());
      this.form.addEventListener("submit", (event) => this.send(event));
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.saveAsThePageCloses();
      });
      window.addEventListener("pagehide", () => this.saveAsThePageCloses());
      window.addEventListener("online", () => this.save());
    }

    /* Saving. Answers "saved", "nothing", "down", "signed-out", "clash", "over", or "refused". */

    save({ always = false } = {}) {
      if (this.isOver) return Promise.resolve("over");
      if (this.isSent || (!always && this.typed === this.kept)) return Promise.resolve("nothing");
      if (this.line) return this.line.then(() => this.save({ always }));
      clearTimeout(this.timer);
      this.line = this.saveNow().finally(() => {
        this.line = null;
      });
      return this.line;
    }

    /* The same words are told under the same number, so that it is known whether they have arrived. */
    body() {
      if (this.typed !== this.told || this.takeMine) this.saves += 1;
      this.told = this.typed;
      return {
        fields: typedIn(this.form),
        revision: this.revision,
        key: this.ours("key").value,
        tab: this.tab,
        saves_of_tab: this.saves,
        owner: this.owner,
        take_mine: this.takeMine,
      };
    }

    ask(body, options = {}) {
      return fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify(body),
        redirect: "manual",
        ...options,
      });
    }

    async saveNow() {
      const upTo = this.typed;
      this.typedFirstAt = 0;
      if (!this.clash && this.mark.dataset.state !== "kept-here") this.say("Saving…", "saving");
      const slow = setTimeout(() => this.keepHere(), SLOW);
      let answer;
      try {
        answer = await this.ask(this.body(), { signal: AbortSignal.timeout(GIVE_UP) });
      } catch {
        return this.lineIsDown();
      } finally {
        clearTimeout(slow);
      }
      return this.heard(answer, upTo);
    }

    async heard(answer, upTo) {
      if (answer.type === "opaqueredirect") return this.isSignedOut();
      const isOurAnswer = (answer.headers.get("Content-Type") || "").includes("json");
      const told = isOurAnswer ? await answer.json().catch(() => ({})) : {};
      if (answer.ok) return this.isKept(told, upTo);
      if (answer.status === 403 && !isOurAnswer) return this.tokenIsOld();
      if (answer.status === 403) return this.isSomebodyElses(told.reason);
      if (answer.status === 409) return this.isInTwoTabs(told);
      if (answer.status === 410) return this.wasSent(told);
      if (answer.status === 413 || answer.status === 400 || answer.status === 404) {
        this.kept = upTo; // asking again with the same words would be refused again
        this.tell(`Not saved. ${told.reason || "It may be too long."} ${told.next_step || ""}`, "trouble");
        return "refused";
      }
      return this.lineIsDown();
    }

    isKept(told, upTo) {
      document.dispatchEvent(new CustomEvent("kith:used"));
      this.kept = Math.max(this.kept, upTo);
      this.clash = null;
      this.takeMine = false;
      this.takeUp(told);
      if (told.fields && this.typed === upTo) putBack(this.form, told.fields); // newer than what was sent
      if (this.typed === this.kept) this.forgetHere();
      const text = `Saved ${clock(told.saved_at)}`;
      if (/trouble|kept-here|waiting/.test(this.mark.dataset.state)) this.tell(text, "saved");
      else this.say(text, "saved");
      return "saved";
    }

    takeUp(told) {
      this.revision = told.revision;
      this.ours("revision").value = told.revision;
      if (told.key) this.ours("key").value = told.key;
    }

    saveAsThePageCloses() {
      if (this.isSent || this.isOver || this.typed === this.kept) return;
      const body = this.body();
      const keepalive = utf8.encode(JSON.stringify(body)).length < KEEPALIVE_HOLDS;
      const upTo = this.typed;
      this.ask(body, { keepalive }).then((answer) => this.heard(answer, upTo), () => this.lineIsDown());
      this.keepHere(); // taken away again by the next page that finds it on the server
    }

    /* While the line is down. */

    /* One after the other, so that nothing is put here after it was taken away. */
    here(act) {
      this.device = (this.device || this.deviceKey).then(async () => {
        const key = await this.deviceKey;
        return key ? act(key).then(() => true, () => false) : false;
      });
      return this.device;
    }

    keepHere() {
      const { fields, revision, tab, saves_of_tab, key } = this.body();
      const entry = { id: this.id, owner: this.owner, url: this.url, fields, revision, tab, saves_of_tab, key };
      return this.here((sealing) => keepOnDevice(sealing, entry));
    }

    forgetHere() {
      return this.here(() => takeFromDevice(this.id));
    }

    async lineIsDown() {
      if (this.isOver) return "over";
      const isKept = await this.keepHere();
      this.tell(
        isKept ? "Line down: kept on this device" : "Line down: not saved yet. Keep this page open.",
        isKept ? "kept-here" : "trouble",
      );
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), AGAIN_AFTER);
      return "down";
    }

    /* As the page opens: what this device kept, and what another page of mine saved a moment ago. */

    async catchUp() {
      const key = await this.deviceKey;
      const kept = key ? await onDevice().catch(() => []) : [];
      for (const each of kept) {
        if (Date.now() - each.at > OLD) await takeFromDevice(each.id).catch(() => {});
        else if (each.owner === this.owner) await this.bringBack(key, each);
      }
      if (!kept.some((each) => each.id === this.id)) await this.lookAgain();
    }

    async bringBack(key, each) {
      let entry;
      try {
        entry = await fromDevice(key, each);
      } catch {
        return; // sealed under another key: not ours to read
      }
      if (entry.id === this.id && this.typed === 0) {
        putBack(this.form, entry.fields);
        Object.assign(this, { revision: entry.revision, tab: entry.tab, saves: entry.saves_of_tab, typed: 1, told: 1 });
        this.ours("key").value = entry.key;
        this.tell("What this device kept is back. Saving…", "waiting");
        this.isBringingBack = true;
        await this.save();
        this.isBringingBack = false;
        await this.device;
        return;
      }
      const { fields, revision, tab, saves_of_tab } = entry;
      const body = { fields, revision, tab, saves_of_tab, key: entry.key, owner: this.owner };
      const answer = await fetch(entry.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify(body),
        redirect: "manual",
      }).catch(() => null);
      const told = answer && answer.status === 410 ? await answer.json().catch(() => ({})) : {};
      if (answer && (answer.ok || answer.status === 409 || told.is_same)) await takeFromDevice(entry.id).catch(() => {});
    }

    async lookAgain() {
      const answer = await fetch(this.url, { redirect: "manual" }).catch(() => null);
      if (!answer || !answer.ok) return;
      const told = await answer.json().catch(() => null);
      if (!told || !told.fields || told.revision <= this.revision || this.typed) return;
      putBack(this.form, told.fields);
      this.takeUp(told);
      this.say(`What you typed is back, as it was kept at ${clock(told.saved_at)}.`, "saved");
    }

    /* Two tabs. */

    isInTwoTabs(told) {
      this.takeMine = false;
      this.forgetHere(); // the server keeps both
      const isNew = !this.clash;
      this.clash = told;
      this.kept = this.typed;
      if (!isNew) return "clash";
      this.tell(`You also wrote in this form in another tab, kept at ${clock(told.saved_at)}. Both are kept.`, "waiting", [
        ["Go on with what is here", () => this.goOnWithMine()],
        ["Go on with the other", () => this.goOnWithTheOther()],
      ]);
      return "clash";
    }

    async goOnWithMine() {
      if (this.line) await this.line; // pressing the button left a box, which saved once more
      this.takeMine = true;
      this.clash = null;
      this.save({ always: true });
      this.backToTheForm();
    }

    goOnWithTheOther() {
      const told = this.clash;
      putBack(this.form, told.fields);
      this.takeUp(told);
      Object.assign(this, { tab: newTab(), saves: 0, told: -1, clash: null, kept: this.typed });
      this.tell(`This is the other, kept at ${clock(told.saved_at)}. What stood here is kept beside it.`, "saved");
      this.backToTheForm();
    }

    backToTheForm() {
      const first = this.form.querySelector("textarea, input:not([type=hidden]), select");
      if (first) first.focus();
    }

    wasSent(told) {
      this.forgetHere();
      if (told.is_same && this.isBringingBack) this.form.reset(); // as the page came
      this.ours("key").value = told.key;
      this.revision = 0;
      this.takeMine = false;
      if (told.is_same) {
        this.kept = this.typed;
        this.say("Kept as you type.", "new");
        return "refused";
      }
      this.tell(`${told.reason} What you type now is kept as a new one.`, "waiting");
      this.timer = setTimeout(() => this.save({ always: true }), AFTER_A_KEY);
      return "refused";
    }

    /* Signing in on top of the page. */

    async isSignedOut() {
      await this.keepHere();
      this.tell("Signed out: what you typed is kept here.", "waiting", [["Sign in again", () => this.signIn()]]);
      if (!this.isPutOff) this.signIn();
      return "signed-out";
    }

    signIn() {
      this.signingIn ||= signInAgain(this).then((isIn) => {
        this.isPutOff = !isIn; // closed: it asks again when it is asked to, not at each key
        this.signingIn = null;
        return isIn;
      });
      return this.signingIn;
    }

    async tokenIsOld() {
      if (!this.signInUrl || this.hasNewToken) return this.lineIsDown();
      const answer = await fetch(new URL(this.signInUrl || "/", location).searchParams.get("next") || "/", {
        redirect: "manual",
      }).catch(() => null);
      if (!answer) return this.lineIsDown();
      if (!answer.ok) return this.isSignedOut();
      if (!this.signedInAs(await answer.json())) return "over";
      this.hasNewToken = true;
      return this.saveNow().finally(() => { this.hasNewToken = false; });
    }

    signedInAs({ owner, name, token }) {
      if (owner !== this.owner) {
        this.isSomebodyElses(`${name} is signed in now.`);
        return false;
      }
      document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((box) => {
        box.value = token;
      });
      if (document.body.hasAttribute("hx-headers")) {
        document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
      }
      document.dispatchEvent(new CustomEvent("kith:used"));
      return true;
    }

    isSomebodyElses(reason) {
      this.isOver = true;
      this.keepHere();
      this.tell(
        `${reason || "Somebody else is signed in now."} What was typed here is somebody else’s, and was not sent. ` +
          "It comes back to them when they sign in on this device and open this form.",
        "trouble",
      );
      return "over";
    }

    /* Sending: what is typed is kept first, so that nothing hangs on the sending. */

    async send(event) {
      if (this.isSent || event.defaultPrevented) return;
      event.preventDefault();
      const { submitter } = event;
      if (this.clash) {
        this.tell("Choose first which of the two to go on with.", "waiting", [
          ["Go on with what is here", () => this.goOnWithMine()],
          ["Go on with the other", () => this.goOnWithTheOther()],
        ]);
        return;
      }
      let outcome = await this.save({ always: true });
      if (outcome === "signed-out" && (await this.signIn())) outcome = await this.save({ always: true });
      if (outcome === "down") this.tell("Line down: kept on this device, and not sent. Press again when the line is back.", "kept-here");
      if (outcome !== "saved" && outcome !== "nothing" && outcome !== "refused") return;
      this.isSent = true;
      clearTimeout(this.timer);
      setTimeout(() => { this.isSent = false; }, GIVE_UP); // where sending was stopped, keeping goes on
      this.form.requestSubmit(submitter);
    }

    /* The mark. */

    say(text, state, acts = []) {
      const line = this.mark.querySelector("[data-draft-says]");
      // A page that grows shorter moves the button away under a press; as it opens, nobody presses yet.
      if (this.mark.dataset.state) line.style.minHeight = `${line.offsetHeight}px`;
      line.textContent = text;
      this.mark.dataset.state = state;
      this.mark.querySelector(".kith-draft__acts")?.remove();
      if (!acts.length) return;
      const row = document.createElement("div");
      row.className = "kith-draft__acts";
      for (const [words, act] of acts) {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "kith-link-button", textContent: words, onclick: act });
        row.append(button);
      }
      line.after(row);
    }

    tell(text, state, acts = []) {
      this.say(text, state, acts);
      const tells = this.mark.querySelector("[data-draft-tells]");
      if (tells.textContent !== text) tells.textContent = text;
    }
  }

  function signInAgain(draft) {
    const wasAt = document.activeElement;
    const caret = wasAt && "selectionStart" in wasAt ? [wasAt.selectionStart, wasAt.selectionEnd] : null;
    const dialog = document.createElement("dialog");
    dialog.className = "kith-dialog kith-sign-in-again";
    dialog.setAttribute("aria-labelledby", "kith-sign-in-again");
    const title = document.createElement("h2");
    Object.assign(title, { className: "govuk-heading-m", id: "kith-sign-in-again", textContent: "Sign in again to go on" });
    const words = document.createElement("p");
    words.textContent = "You were signed out. What you typed is still here, and is sent when you are signed in.";
    const place = document.createElement("div");
    dialog.append(title, words, place);
    document.body.append(dialog);
    dialog.showModal();

    return new Promise((resolve) => {
      let isIn = false;

      function complain(text) {
        const line = document.createElement("p");
        line.className = "govuk-error-message";
        line.setAttribute("role", "alert");
        line.textContent = text;
        place.prepend(line);
      }

      async function show(asking) {
        let answer;
        try {
          answer = await asking;
        } catch {
          return complain("The line is down. Try again when it is back.");
        }
        if ((answer.headers.get("Content-Type") || "").includes("json")) return arrived(await answer.json());
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const form = page.querySelector('main form[method="post"]:not([action])');
        if (!form) return complain(page.querySelector("main")?.textContent.trim().slice(0, 300) || "Kith did not answer.");
        const errors = page.querySelector("main .govuk-error-summary");
        const intro = form.previousElementSibling;
        place.replaceChildren(...[errors, intro && intro.tagName === "P" ? intro : null, form].filter(Boolean).map((each) => document.importNode(each, true)));
        settle(answer.url);
      }

      function settle(url) {
        place.querySelectorAll("[id]").forEach((each) => { each.id = `again-${each.id}`; }); // the page below has ids too
        place.querySelectorAll("[for]").forEach((each) => { each.htmlFor = `again-${each.htmlFor}`; });
        place.querySelectorAll('a[href^="#"]').forEach((each) => each.setAttribute("href", `#again-${each.getAttribute("href").slice(1)}`));
        place.querySelectorAll("[aria-describedby]").forEach((each) => {
          each.setAttribute("aria-describedby", each.getAttribute("aria-describedby").split(" ").map((id) => `again-${id}`).join(" "));
        });
        const form = place.querySelector("form");
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          show(fetch(url, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
        });
        form.querySelector("input:not([type=hidden])")?.focus();
      }

      function arrived(told) {
        isIn = draft.signedInAs(told);
        if (isIn) return dialog.close();
        title.textContent = `You signed in as ${told.name}`;
        words.textContent = "What was typed here is somebody else’s. It was not sent, and is not yours to send.";
        const close = document.createElement("button");
        Object.assign(close, { type: "button", className: "govuk-button", textContent: "Close", onclick: () => dialog.close() });
        place.replaceChildren(close);
        close.focus();
      }

      dialog.addEventListener("close", () => {
        dialog.remove();
        if (wasAt && wasAt.isConnected) {
          wasAt.focus();
          if (caret && caret[0] !== null) wasAt.setSelectionRange(...caret);
        }
        resolve(isIn);
        if (isIn) draft.save({ always: true });
      });

      show(fetch(draft.signInUrl));
    });
  }

  const drafts = [];
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const mark = form.querySelector("[data-draft-mark]");
    if (mark) drafts.push(new Draft(form, mark));
  });

  document.addEventListener("kith:signed-out", (event) => {
    const draft = drafts.find((each) => each.signInUrl);
    if (!draft) return;
    event.preventDefault();
    draft.isSignedOut();
  });

  /* Signing out takes away what this device kept; leaving a public page leaves nothing at all. */

  document.addEventListener("submit", (event) => {
    if (event.target.matches('form[action$="/accounts/logout/"]')) wipeDevice();
  });

  async function leave(form) {
    drafts.forEach((draft) => {
      draft.isOver = true;
      draft.form.reset();
      putBack(draft.form, {});
    });
    const sent = fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
    await Promise.race([sent.catch(() => {}), new Promise((resolve) => { setTimeout(resolve, SLOW); })]);
    window.location.replace(ELSEWHERE);
  }

  const leaving = document.querySelector("form[data-leave]");
  if (leaving) {
    let escapedAt = 0;
    leaving.addEventListener("submit", (event) => {
      event.preventDefault();
      leave(leaving);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (Date.now() - escapedAt < 1500) leave(leaving);
      escapedAt = Date.now();
    });
  }
})();
