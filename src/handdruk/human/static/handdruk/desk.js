/* What makes the desk quick: times that tick, keys, drafts, and news without a reload.
 * Every page works without it; no words are in here, they come from the page. */
(() => {
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const $$ = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const main = $("#main"), words = main.dataset, body = document.body;

  /* ---------- times ---------- */

  const skew = words.now ? Date.parse(words.now) - Date.now() : 0; // the server's clock counts, not this one's
  const ticking = new Set();

  function span(milliseconds) {
    const minutes = Math.max(0, Math.floor(milliseconds / 60000));
    if (minutes < 1) return words.under;
    if (minutes < 60) return words.min.replace("#", minutes);
    if (minutes < 48 * 60) return words.hour.replace("#", Math.floor(minutes / 60));
    return words.day.replace("#", Math.floor(minutes / 1440));
  }

  customElements.define("time-ago", class extends HTMLElement {
    connectedCallback() { ticking.add(this); this.tick(); }
    disconnectedCallback() { ticking.delete(this); }
    tick() {
      const away = Date.parse(this.getAttribute("datetime")) - Date.now() - skew;
      const left = this.getAttribute("kind") === "left";
      const text = !left ? span(-away) : (away < 0 ? words.late : words.left).replace("#", span(Math.abs(away)));
      if (this.textContent !== text) this.textContent = text;
      const line = left && this.closest(".queue-item");
      if (!line) return;
      line.classList.toggle("is-late", away < 0);
      line.classList.toggle("is-soon", away >= 0 && away < 5 * 60000);
    }
  });
  setInterval(() => ticking.forEach((element) => element.tick()), 5000);

  /* ---------- queue: the number in the title, and a soft word about what is urgent ---------- */

  const arrivals = $("#arrivals");
  const urgent = new Set($$("[data-urgent]").map((line) => line.id));
  const broken = new Set($$("[data-escalated]").map((line) => line.id));

  function queueShown() {
    const list = $("#queue-list");
    if (!list) return;
    const waiting = Number(list.dataset.waiting), count = $("#bar-count");
    document.title = (waiting ? `(${waiting}) ` : "") + document.title.replace(/^\(\d+\) /, "");
    count.textContent = waiting;
    count.classList.toggle("count-quiet", !waiting);
    for (const line of $$("[data-urgent]", list)) arrived(line);
  }

  function arrived(line) {
    const known = line.hasAttribute("data-escalated") ? broken : urgent;
    const news = !known.has(line.id);
    urgent.add(line.id);
    known.add(line.id);
    if (!news || line.hasAttribute("aria-current")) return;
    const link = Object.assign(document.createElement("a"), { href: line.href, textContent: $(".queue-name", line).textContent });
    notify(known === broken ? "bad" : "people", link, ` ${known === broken ? arrivals.dataset.late : arrivals.dataset.urgent}`);
  }

  function notify(kind, ...content) {
    if (!arrivals) return;
    const notice = Object.assign(document.createElement("p"), { className: `notice notice-${kind}` });
    const text = document.createElement("span");
    const away = Object.assign(document.createElement("button"), { type: "button", className: "icon-button", textContent: "×" });
    away.setAttribute("aria-label", arrivals.dataset.dismiss);
    away.onclick = () => notice.remove();
    text.append(...content);
    notice.append(text, away);
    arrivals.append(notice);
    while (arrivals.children.length > 3) arrivals.firstChild.remove();
    setTimeout(() => notice.remove(), 30000);
  }

  /* ---------- drafts: one a conversation, on this device only ---------- */

  const chosen = () => $("#conversation")?.dataset.id;
  const draft = (id) => `handdruk-draft-${words.user}-${id}`;

  function keepDraft() {
    const answer = $("#answer");
    if (!answer || !chosen()) return;
    if (answer.value) localStorage.setItem(draft(chosen()), answer.value);
    else localStorage.removeItem(draft(chosen()));
  }

  function restoreDraft() {
    const answer = $("#answer"), kept = $("#kept"), text = chosen() && localStorage.getItem(draft(chosen()));
    if (answer?.value) return; // what stands there is newer, or was just sent
    if (answer && text) answer.value = text;
    else if (kept?.hidden && text) {
      $("#kept-text").value = text;
      kept.hidden = false;
    }
  }

  /* ---------- thread ---------- */

  let atEnd = true, height = 0, ours = "";

  const toEnd = () => {
    const pane = $("#thread-scroll");
    if (pane) pane.scrollTop = pane.scrollHeight;
  };

  function tidy() {
    for (const kind of ["id", "data-day"]) {
      const seen = new Set();
      for (const line of $$(`#thread > li[${kind}]`)) {
        const name = line.getAttribute(kind);
        if (seen.has(name)) line.remove();
        seen.add(name);
      }
    }
  }

  function threadGrew() {
    tidy();
    if (atEnd) toEnd();
    else $("#newer").hidden = false;
    $("#typing").textContent = "";
  }

  function conversationShown() {
    if (chosen()) main.dataset.show = "conversation";
    restoreDraft();
    listenForTyping();
    atEnd = true;
    toEnd();
  }

  document.addEventListener("scroll", ({ target }) => {
    if (target.id !== "thread-scroll") return;
    atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 120;
    if (atEnd) $("#newer").hidden = true;
  }, true);

  let typingSeen = "", typingEnds = 0;

  function listenForTyping() {
    if (!chosen() || typingSeen === chosen()) return;
    const id = (typingSeen = chosen());
    body.addEventListener(`typing-${id}`, () => {
      const line = chosen() === id && $("#typing");
      if (!line) return;
      line.textContent = line.dataset.text;
      clearTimeout(typingEnds);
      typingEnds = setTimeout(() => { line.textContent = ""; }, 5000);
    });
  }

  /* ---------- writing ---------- */

  let toldAt = 0;

  function tellTyping(form) {
    if (Date.now() - toldAt < 3000) return;
    toldAt = Date.now();
    const token = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    fetch(form.dataset.typing, { method: "POST", body: token }).catch(() => {});
  }

  body.addEventListener("input", ({ target }) => {
    if (target.id !== "answer") return;
    keepDraft();
    if (target.value) tellTyping(target.form);
  });

  body.addEventListener("submit", ({ target }) => {
    if (target.id === "answer-form" && !window.htmx) localStorage.removeItem(draft(chosen()));
    if (target.hasAttribute("data-leaving")) {
      Object.keys(localStorage).filter((key) => key.startsWith("handdruk-draft-")).forEach((key) => localStorage.removeItem(key));
    }
  });

  function useSuggestion(link) {
    const answer = $("#answer");
    if (!answer) return;
    answer.value = answer.value.trim() ? `${answer.value.trimEnd()}\n\n${link.dataset.suggestion}` : link.dataset.suggestion;
    keepDraft();
    if (location.hash === "#context") location.hash = "main"; // on a narrow screen the context lies over the answer
    answer.focus();
    answer.scrollTop = 0;
  }

  /* ---------- htmx ---------- */

  const tell = (name) => body.dispatchEvent(new CustomEvent(name)); // as live.js does, for when it cannot
  const sent = (event) => event.detail.requestConfig?.elt?.id === "answer-form";

  body.addEventListener("htmx:beforeRequest", (event) => {
    if (sent(event)) $("#answer").readOnly = true; // what is typed now would get lost
  });

  body.addEventListener("htmx:beforeSwap", (event) => {
    height = $("#thread-scroll")?.scrollHeight ?? 0;
    ours = sent(event) && event.detail.xhr.status === 200 ? chosen() : "";
    if (ours) localStorage.removeItem(draft(ours));
  });

  body.addEventListener("htmx:afterSwap", ({ detail }) => {
    const { target } = detail;
    if (target.id === "thread") threadGrew();
    else if (target.id === "earlier") {
      tidy();
      $("#thread-scroll").scrollTop += $("#thread-scroll").scrollHeight - height;
    } else if (target.id === "conversation") {
      conversationShown();
      if (detail.requestConfig.verb === "post") for (const name of ["queue", `conversation-${chosen()}`]) tell(name);
    }
    queueShown();
    if (target.id !== "composer") return;
    restoreDraft();
    if (!ours) return;
    atEnd = true;
    $("#answer")?.focus();
    tell(`conversation-${ours}`);
  });
  body.addEventListener("htmx:oobAfterSwap", () => { restoreDraft(); queueShown(); });

  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    body.addEventListener(failure, (event) => {
      const { elt } = event.detail.requestConfig ?? event.detail;
      if (elt.id === "answer-form") {
        $("#not-sent").hidden = false;
        $("#answer").readOnly = false;
      } else if (elt.matches("a, form")) notify("bad", arrivals.dataset.failed);
    });
  }

  /* ---------- pressing ---------- */

  document.addEventListener("click", (event) => {
    const { target } = event;
    if ((event.ctrlKey || event.metaKey || event.shiftKey) && target.closest("a[hx-get]")) event.stopImmediatePropagation();
    const suggestion = target.closest("a[data-suggestion]");
    if (suggestion && $("#answer")) { event.preventDefault(); useSuggestion(suggestion); }
    if (target.closest("#newer")) toEnd();
    if (target.closest("[data-keys]")) keys?.showModal();
    $$("details.menu[open]").filter((menu) => !menu.contains(target)).forEach((menu) => { menu.open = false; });
  }, true);

  const keys = $("#keys"), single = $("#single-keys"), NO_LETTERS = "handdruk-no-single-keys";
  if (keys) {
    $("[data-keys]").hidden = false;
    single.checked = !localStorage.getItem(NO_LETTERS);
    single.onchange = () => (single.checked ? localStorage.removeItem(NO_LETTERS) : localStorage.setItem(NO_LETTERS, "1"));
  }

  function move(step) {
    const lines = $$("#queue-list .queue-item");
    const here = lines.indexOf(document.activeElement);
    const from = here >= 0 ? here : lines.findIndex((line) => line.hasAttribute("aria-current"));
    const next = lines[from < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, from + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  const press = {
    j: () => move(1),
    k: () => move(-1),
    t: () => !$("#take-form [name=from_colleague]") && $("#take-form button")?.click(), // never from a colleague by accident
    r: () => $("#answer")?.focus(),
    "?": () => keys?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const writing = target.matches("input:not([type=checkbox]), textarea, select");
    if (target.id === "answer" && key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!target.readOnly) target.form.requestSubmit();
    }
    if (key === "Escape") {
      if (writing) $("#thread-scroll")?.focus();
      $$("details.menu[open]").forEach((menu) => { menu.open = false; });
    }
    if (writing || event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
    const inQueue = target === body || target.closest(".pane-queue");
    if (inQueue && (key === "ArrowDown" || key === "ArrowUp")) { event.preventDefault(); move(key === "ArrowDown" ? 1 : -1); }
    if (!press[key] || (single && !single.checked)) return;
    event.preventDefault();
    press[key]();
  });

  conversationShown();
})();
