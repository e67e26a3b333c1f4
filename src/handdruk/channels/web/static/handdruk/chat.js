/* Handdruk chat: one custom element, <handdruk-chat>, without dependencies or a build step.
 *
 *   <script src="https://host/chat.js" data-language="nl" async></script>         a bubble, on any site
 *   <handdruk-chat language="nl" mode="page|bubble" api="https://host/"></handdruk-chat>   placed by hand
 *
 * Also: any element on the page with data-handdruk="open" or data-handdruk="person" opens the bubble (and asks for a
 * person); data-handdruk-text fills in the message. Colours: --handdruk-accent and --handdruk-on-accent.
 *
 * What it promises: a message that was typed is kept until the server has it, and is sent under one client_id however
 * often it is tried. Nothing is missed: live updates are only a hint, and what is new is always fetched after the
 * cursor. Message text only ever becomes text nodes.
 */
(() => {
"use strict";
if (customElements.get("handdruk-chat")) return;

const script = document.currentScript;
const home = script?.src ? new URL(".", script.src).href : `${location.origin}/`;

/* ---------- words ---------- */

const WORDS = {
  en: {
    launch: "Ask us anything", chat: "Chat", close: "Close the chat", switchTo: "NL, schakel naar Nederlands", other: "nl",
    log: "Messages", you: "You", assistant: "Digital assistant", colleague: "Colleague", machine: "a machine",
    intro: "You are talking to a machine first: our digital assistant. Rather have a person? One press, at any moment.",
    person: "Talk to a person", personHint: "A colleague takes over, with all you wrote.",
    asking: "One moment, asking for a colleague…", coming: "A person is coming",
    waiting: "You are in the queue. A colleague reads what you wrote and answers here.", back: "Back to the assistant",
    queueStatus: "Waiting for a colleague", talking: "You are talking to a person", colleagueStatus: "a person",
    silent: "The assistant keeps quiet now.", closed: "This conversation is finished. Something else?", again: "New conversation",
    message: "Your message", send: "Send", sending: "Sending…", later: "Not sent yet, trying again.",
    busy: "You are sending a lot at once.", at: (time) => `Trying again at ${time}.`, failed: "Not sent.", retry: "Try again", remove: "Remove",
    offline: "No connection. Keep writing: your message goes as soon as you are back online.",
    trouble: "We cannot be reached right now. We keep trying.", helped: "Did this help?", yes: "Yes", no: "No",
    thanksYes: "Good to hear.", thanksNo: "Sorry about that. Tell us more, or talk to a person.",
    source: "Read more", below: "New message", typing: (name) => `${name} is typing…`, thinking: "The assistant is writing…",
    today: "Today", yesterday: "Yesterday", newTab: "opens in a new tab", whole: "Show the whole message",
    gone: "Your earlier conversation is no longer here. This is a new one.",
    unread: (n) => (n === 1 ? "1 new message" : `${n} new messages`),
  },
  nl: {
    launch: "Stel je vraag", chat: "Chat", close: "Sluit de chat", switchTo: "EN, switch to English", other: "en",
    log: "Berichten", you: "Jij", assistant: "Digitale assistent", colleague: "Collega", machine: "een machine",
    intro: "Je praat eerst met een machine: onze digitale assistent. Liever een mens? Dat kan altijd, met één druk op de knop.",
    person: "Praat met een mens", personHint: "Een collega neemt het over, met alles wat je al schreef.",
    asking: "Een moment, we vragen een collega…", coming: "Er komt een mens",
    waiting: "Je staat in de rij. Een collega leest wat je schreef en antwoordt hier.", back: "Terug naar de assistent",
    queueStatus: "Je wacht op een collega", talking: "Je praat met een mens", colleagueStatus: "een mens",
    silent: "De assistent zegt nu niets meer.", closed: "Dit gesprek is afgerond. Nog iets anders?", again: "Nieuw gesprek",
    message: "Je bericht", send: "Verstuur", sending: "Wordt verstuurd…", later: "Nog niet verstuurd, we proberen het opnieuw.",
    busy: "Je stuurt even veel achter elkaar.", at: (time) => `We proberen het om ${time} opnieuw.`, failed: "Niet verstuurd.", retry: "Probeer opnieuw", remove: "Verwijder",
    offline: "Geen verbinding. Schrijf gerust door: je bericht gaat weg zodra je weer online bent.",
    trouble: "We zijn nu even niet bereikbaar. We blijven het proberen.", helped: "Heb je hier iets aan?", yes: "Ja", no: "Nee",
    thanksYes: "Fijn om te horen.", thanksNo: "Jammer. Vertel gerust meer, of praat met een mens.",
    source: "Lees meer", below: "Nieuw bericht", typing: (name) => `${name} is aan het typen…`, thinking: "De assistent schrijft…",
    today: "Vandaag", yesterday: "Gisteren", newTab: "opent in een nieuw tabblad", whole: "Toon het hele bericht",
    gone: "Je vorige gesprek is niet meer beschikbaar. Dit is een nieuw gesprek.",
    unread: (n) => (n === 1 ? "1 nieuw bericht" : `${n} nieuwe berichten`),
  },
};

/* ---------- look ---------- */

const LIGHT = `--paper:#f8f4ee;--sunk:#f0e9df;--card:#fffdfa;--line:#e3d9cc;--line-strong:#8d8076;--ink:#2a2226;--ink-soft:#62565b;
--accent:var(--handdruk-accent,#5e2750);--on-accent:var(--handdruk-on-accent,#fff);--accent-soft:#f2e5ee;
--mine:var(--accent);--on-mine:var(--on-accent);--people:#a03f17;--people-soft:#fbe6d9;--people-line:#edbb9f;
--digital:#15607a;--digital-soft:#deedf1;--digital-line:#a5ccd8;--warn:#735000;--warn-soft:#fbecc6;--bad:#a3192c;
--shadow:0 2px 6px rgb(60 36 28/.1),0 16px 44px rgb(60 36 28/.18);color-scheme:light;`;
const DARK = `--paper:#1a1618;--sunk:#131012;--card:#241f22;--line:#3d3539;--line-strong:#8f8388;--ink:#f2ebe4;--ink-soft:#bfb3b4;
--accent:var(--handdruk-accent-dark,#e2aed5);--on-accent:var(--handdruk-on-accent-dark,#2a0f23);--accent-soft:#412a3b;
--mine:#6a3a5d;--on-mine:#fff4fb;--people:#f5a982;--people-soft:#42291d;--people-line:#7a4a31;
--digital:#8accde;--digital-soft:#1a3640;--digital-line:#33606f;--warn:#ebc873;--warn-soft:#3b2f12;--bad:#ffa3a0;
--shadow:0 2px 8px rgb(0 0 0/.45),0 16px 44px rgb(0 0 0/.55);color-scheme:dark;`;

const look = new CSSStyleSheet();
look.replaceSync(`
:host{all:initial;display:block;${LIGHT}color:var(--ink);font:400 max(16px,1rem)/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,"Liberation Sans",sans-serif}
@media (prefers-color-scheme:dark){:host(:not([data-theme=light])){${DARK}}}
:host([data-theme=dark]){${DARK}}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
p,ul,ol{margin:0}
button,textarea{font:inherit;color:inherit;letter-spacing:inherit}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.sr{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
svg{display:block;flex:none;width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
svg.mark{width:30px;height:30px;stroke:none}
.a{fill:#e8804f}.b{fill:#4a9db5}.c{fill:#5e2750}

.bubble{position:fixed;inset:auto max(18px,env(safe-area-inset-right)) max(18px,env(safe-area-inset-bottom)) auto;z-index:2147483000;display:flex;align-items:center;gap:10px;min-height:56px;padding:6px 22px 6px 12px;border:0;border-radius:30px 30px 6px 30px;background:var(--accent);color:var(--on-accent);font-weight:600;box-shadow:var(--shadow)}
.bubble:hover{filter:brightness(1.12)}
.bubble .mark{width:40px;height:40px}.bubble .c{fill:var(--accent)}
.face{display:grid;place-items:center;flex:none;width:34px;height:34px;margin:-2px;border-radius:50%;background:var(--people-soft);color:var(--people);font-weight:700}
.unread{position:absolute;top:-6px;left:-4px;display:grid;place-items:center;min-width:24px;height:24px;padding:0 6px;border-radius:12px;background:#e8804f;color:#2a1208;font-size:.8125em;font-weight:700;box-shadow:0 0 0 2px var(--paper)}

.panel{display:grid;grid-template:auto auto minmax(0,1fr) auto/minmax(0,1fr);overflow:hidden;background:var(--paper);outline:0}
:host(:not([mode=page])) .panel{position:fixed;inset:auto 18px 18px auto;z-index:2147483000;width:min(25.5em,100vw - 36px);height:min(42em,100dvh - 36px);border:1px solid var(--line);border-radius:20px 20px 6px 20px;box-shadow:var(--shadow);animation:rise .18s ease-out}
:host([mode=page]){height:100%;min-height:26em}
:host([mode=page]) .panel{height:100%;min-height:inherit}
@keyframes rise{from{opacity:0;transform:translateY(12px)}}

.head{display:flex;align-items:center;gap:10px;padding:10px 10px 10px 14px;background:var(--card)}
.title{flex:1;min-width:0}
.title b{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:680;line-height:1.25}
.title span{display:block;font-size:.8125em;line-height:1.3;color:var(--digital)}
[data-holder=queue] .title span,[data-holder=colleague] .title span{color:var(--people)}
.tool{display:grid;place-items:center;flex:none;min-width:40px;height:40px;padding:0 6px;border:0;border-radius:20px;background:none;color:var(--ink-soft);font-size:.8125em;font-weight:650}
.tool:hover{background:var(--sunk);color:var(--ink)}

.strip{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px;padding:8px 14px;border-top:3px solid var(--digital-line);border-bottom:1px solid var(--line);background:var(--card);font-size:.8125em;line-height:1.35;color:var(--ink-soft)}
[data-holder=queue] .strip{border-image:linear-gradient(90deg,var(--digital-line),var(--people-line)) 1 0 0;border-bottom:0;background:var(--people-soft);color:var(--ink)}
[data-holder=colleague] .strip{border-top-color:var(--people-line);background:var(--people-soft);color:var(--ink)}
.strip p{flex:1;min-width:10em}
[data-holder=queue] .strip p{order:1;flex-basis:100%}
.person{display:flex;align-items:center;gap:7px;min-height:40px;padding:4px 15px 4px 11px;border:1.5px solid var(--people);border-radius:20px;background:var(--people-soft);color:var(--people);font-weight:650;white-space:nowrap}
.person:hover{background:var(--people);color:var(--card)}
[data-holder=queue] .person,[data-holder=colleague] .person{background:var(--people);color:var(--card)}
.link{min-height:24px;padding:0;border:0;background:none;color:var(--accent);font-weight:600;text-decoration:underline;text-underline-offset:3px;text-align:start}

.view{position:relative;min-height:0}
.log{position:relative;display:flex;flex-direction:column;gap:4px;height:100%;overflow-y:auto;overscroll-behavior:contain;padding:16px 14px 14px}
.log:focus-visible{outline-offset:-3px}
:host([mode=page]) :is(.log,.foot){padding-inline:max(14px,50% - 22em)}
.log>:first-child{margin-top:auto}
.line{align-self:center;max-width:32em;margin:8px 0;padding:0 8px;font-size:.8125em;text-align:center;text-wrap:balance;color:var(--ink-soft)}
.day{font-weight:650}
.msg{display:flex;flex-direction:column;align-items:flex-start;gap:3px;max-width:88%;margin-top:8px}
.msg.grouped{margin-top:0}
.msg.customer{align-self:flex-end;align-items:flex-end}
.who{display:flex;gap:6px;align-items:center;padding:0 4px;font-size:.75em;color:var(--ink-soft)}
.who b{font-weight:650}
.grouped .who{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.assistant .who b{color:var(--digital)}
.colleague .who b{color:var(--people)}
.text{max-width:100%;padding:9px 13px;border:1px solid transparent;border-radius:16px;overflow-wrap:anywhere}
.text>*+*{margin-top:8px}
.text :is(ul,ol){padding-inline-start:1.35em}
.text li+li{margin-top:3px}
.text a{color:var(--accent);text-underline-offset:3px}
.customer .text{background:var(--mine);color:var(--on-mine);border-bottom-right-radius:4px;white-space:pre-wrap}
.assistant .text{background:var(--digital-soft);border-color:var(--digital-line);border-bottom-left-radius:4px}
.colleague .text{background:var(--people-soft);border-color:var(--people-line);border-bottom-left-radius:4px}
.pending .text{opacity:.86}
.failed .text{background:none;border-color:var(--bad);color:var(--ink)}
.under{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center;padding:0 4px;font-size:.8125em;color:var(--ink-soft)}
.customer .under{justify-content:flex-end;text-align:end}
.failed .under p{color:var(--bad)}
.pending .soft{animation:appear 0s .8s backwards}
@keyframes appear{from{opacity:0}}
.under a{display:inline-flex;gap:6px;align-items:center;min-height:28px;color:var(--digital);font-weight:600;text-underline-offset:3px}
.under a svg{width:16px;height:16px}
.mini{min-width:44px;min-height:28px;padding:2px 12px;border:1px solid var(--line-strong);border-radius:14px;background:var(--card)}
.mini:hover,.pick:hover{border-color:var(--accent);background:var(--accent-soft)}
.picks{display:flex;flex-wrap:wrap;gap:8px;padding-top:6px}
.pick{min-height:40px;padding:6px 15px;border:1px solid var(--accent);border-radius:20px;background:var(--card);color:var(--accent);font-size:.9375em;font-weight:550;line-height:1.25;text-align:start}
.below{position:absolute;inset:auto 0 10px;width:max-content;margin:auto;padding:7px 16px;border:0;border-radius:18px;background:var(--accent);color:var(--on-accent);font-size:.8125em;font-weight:600;box-shadow:var(--shadow)}

.foot{padding:0 12px max(12px,env(safe-area-inset-bottom))}
.typing{min-height:1.6em;padding:0 6px;font-size:.8125em;color:var(--ink-soft)}
.warn{margin-bottom:8px;padding:7px 12px;border-radius:10px;background:var(--warn-soft);color:var(--warn);font-size:.8125em}
.box{display:flex;align-items:flex-end;gap:6px;padding:5px;border:1.5px solid var(--line-strong);border-radius:24px 24px 6px 24px;background:var(--card)}
.box:focus-within{border-color:var(--accent);outline:1.5px solid var(--accent)}
textarea{flex:1;min-width:0;min-height:40px;max-height:9.2em;padding:8px 6px 8px 12px;border:0;outline:0!important;background:none;resize:none;line-height:1.5;field-sizing:content}
textarea::placeholder{color:var(--ink-soft);opacity:1}
.send{display:grid;place-items:center;flex:none;width:40px;height:40px;padding:0;border:0;border-radius:20px 20px 4px 20px;background:var(--accent);color:var(--on-accent)}
.send[aria-disabled=true]{background:var(--sunk);color:var(--ink-soft)}
.end{font-size:.875em;display:flex;flex-wrap:wrap;gap:10px;align-items:center;justify-content:space-between;padding:0 4px 8px}
.end button{min-height:36px;padding:4px 16px;border:1px solid var(--accent);border-radius:18px;background:var(--card);color:var(--accent);font-weight:600}

@media (max-width:30em){
:host(:not([mode=page])) .panel{inset:var(--top,0) 0 auto;width:100%;height:var(--height,100dvh);border:0;border-radius:0}
.bubble{padding:9px;border-radius:28px 28px 6px 28px}.bubble .word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.msg{max-width:94%}
[data-holder=queue] .strip{padding-block:5px 7px;gap:4px 10px}
[data-holder=queue] .person{min-height:34px;padding:2px 12px 2px 8px}
[data-holder=queue] .link{flex:1 1 6em;line-height:1.25}
[data-holder=queue] .strip:not(.whole) p{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
}
@media (max-height:26em){.strip{position:sticky;top:0;z-index:1}.strip p{flex-basis:100%;order:1}:host(:not([mode=page])) .panel{overflow-y:auto;grid-template-rows:auto auto minmax(9em,1fr) auto}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.text,.panel,.bubble,.person,.send{border:1px solid}svg.mark{forced-color-adjust:none}}
@media print{:host{display:none}}
`);

/* ---------- small builders: nodes, icons, formatted text ---------- */

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name === "on") for (const [type, act] of Object.entries(value)) node.addEventListener(type, act);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

function svg(paths, name = "") {
  const make = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const root = make("svg", { viewBox: name === "mark" ? "0 0 32 32" : "0 0 24 24", class: name, "aria-hidden": "true" });
  for (const [d, css = ""] of paths) root.append(make("path", { d, class: css }));
  return root;
}

const mark = () => svg([
  ["M10 3h2a8 8 0 0 1 8 8v2a8 8 0 0 1-8 8H2V11a8 8 0 0 1 8-8z", "a"],
  ["M20 11h2a8 8 0 0 1 8 8v10H20a8 8 0 0 1-8-8v-2a8 8 0 0 1 8-8z", "b"],
  ["M20 11v2a8 8 0 0 1-8 8v-2a8 8 0 0 1 8-8z", "c"],
], "mark");
const personIcon = () => svg([["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0"]]);
const crossIcon = () => svg([["M6 6l12 12M18 6L6 18"]]);
const sendIcon = () => svg([["M12 19V5M6 11l6-6 6 6"]]);
const pageIcon = () => svg([["M6 3h8l4 4v14H6zM9 12h6M9 16h6"]]);

/** The address when it is one we let people follow (http, https, mail, or relative to the server), else null. */
function safeAddress(href, base) {
  try {
    const url = new URL(href, base);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

// Every repeat is bounded or cannot run past its own closing mark, so a hostile text costs linear time.
const INLINE = /\\([\\*_[\]()#`-])|\*\*(?=\S)([^*]{1,1000})\*\*|\*(?=\S)([^*\n]{1,1000})\*|\b_(?=\S)([^_\n]{1,1000})_\b|\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)|(https?:\/\/[^\s<>"')\]]{1,2000})/g;

function inline(text, parent, link) {
  let from = 0;
  const plain = (to) => to > from && parent.append(text.slice(from, to));
  for (const found of text.matchAll(INLINE)) {
    let [whole, escaped, bold, italic, italic2, label, href, bare] = found;
    plain(found.index);
    if (bare) bare = whole = bare.replace(/[.,;:!?]{1,9}$/, "");
    from = found.index + whole.length;
    if (escaped) parent.append(escaped);
    else if (bold) parent.append(nested("strong", bold, link));
    else if (italic || italic2) parent.append(nested("em", italic || italic2, link));
    else parent.append(link(label || bare, href || bare) || whole);
  }
  plain(text.length);
}

function nested(tag, text, link) {
  const node = el(tag);
  inline(text, node, link);
  return node;
}

/** Paragraphs, lists, bold, italic, links and line breaks; everything else stays the text it was. */
function formatted(text, link) {
  const out = document.createDocumentFragment();
  let block = null;
  let gap = true;
  for (const line of text.split(/\r\n?|\n/)) {
    if (!line.trim()) { gap = true; continue; }
    const item = /^ {0,6}(?:[-*•]|(\d{1,4})[.)])\s+(?=\S)/.exec(line);
    const heading = /^#{1,6}\s+/.exec(line);
    if (item) {
      const tag = item[1] ? "OL" : "UL";
      if (block?.tagName !== tag) out.append((block = el(tag, { start: item[1] > 1 ? item[1] : null })));
      block.append(nested("li", line.slice(item[0].length), link));
    } else if (heading) {
      out.append(el("p", {}, nested("strong", line.slice(heading[0].length), link)));
      block = null;
    } else if (block && (!gap || (block.lastElementChild && /^ {2}/.test(line)))) {
      const into = block.tagName === "P" ? block : block.lastElementChild;
      into.append(el("br"));
      inline(line.trim(), into, link);
    } else {
      out.append((block = nested("p", line, link)));
    }
    gap = false;
  }
  return out;
}

/* ---------- what the browser keeps, and how the server is asked ---------- */

function store(key) {
  let unwritten = null; // what did not fit, or may not be kept: then for this page only
  return {
    read() {
      if (unwritten) return unwritten;
      try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
    },
    /** Reads afresh before it writes: another tab may have written since. */
    change(how) {
      const kept = { ...this.read() };
      how(kept);
      try {
        localStorage.setItem(key, JSON.stringify(kept));
        unwritten = null;
      } catch {
        unwritten = kept;
      }
      return kept;
    },
  };
}

class Problem extends Error {
  constructor(status, detail, after = 0, ours = false) {
    super(detail || "");
    Object.assign(this, { status, after, refused: [401, 403, 404, 410].includes(status), ours });
  }
  /** Worth trying again by itself; so is what only something between us and the server says. */
  get passing() { return !this.status || [408, 425, 429].includes(this.status) || this.status >= 500 || (this.refused && !this.ours); }
  /** The server itself does not know this conversation (any more). */
  get gone() { return this.refused && this.ours; }
}

/** Retry-After, in ms: seconds or a date. */
function patience(value) {
  if (!value) return 0;
  const ms = /^\d+$/.test(value) ? value * 1000 : Date.parse(value) - Date.now();
  return Math.min(Math.max(ms || 0, 0), 3600e3);
}

const LOCALE = { en: "en-GB", nl: "nl-NL" };
const backOff = (tries, longest = 30e3) => Math.min(longest, 1000 * 2 ** tries) * (0.75 + Math.random() / 2);
const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
const dayOf = (at) => new Date(at).toDateString();
const touch = () => matchMedia("(pointer: coarse)").matches;

/* ---------- the element ---------- */

class HanddrukChat extends HTMLElement {
  static observedAttributes = ["language", "mode", "theme"];

  #root = this.attachShadow({ mode: "open" });
  #ui = null;             // the fixed nodes, by name
  #nodes = new Map();     // key -> node of the log
  #messages = new Map();  // number -> message
  #cursor = 0;            // everything up to here has been seen
  #now = { holder: "assistant", state: "open", colleague: null, waiting: null };
  #asked = 0;             // counts requests, so that an older answer never overrules a newer one
  #told = 0;
  #timers = {};
  #stream = null;
  #lastEvent = "";
  #live = false;
  #reachable = true;
  #follow = true;

  /* life */

  connectedCallback() {
    if (this.#ui) return this.#resume();
    const api = this.getAttribute("api");
    this.base = api ? new URL(api.replace(/\/?$/, "/"), location.href).href : home;
    this.store = store(`handdruk ${this.base}`);
    this.#root.adoptedStyleSheets = [look];
    this.#build();
    this.#resume();
    this.#label();
    const kept = this.#kept;
    this.#ui.text.value = kept.draft || "";
    this.#catchUp().then(() => this.#hurry());
    if (this.#page || (kept.open && !this.#narrow)) this.open({ focus: false });
  }

  disconnectedCallback() {
    this.#stop.abort();
    for (const name in this.#timers) this.#cancel(name);
    this.#hangUp();
  }

  attributeChangedCallback() {
    if (!this.#ui) return;
    this.#theme();
    this.#label();
  }

  #stop = new AbortController();
  #resume() {
    this.#stop = new AbortController();
    const listen = (target, type, act) => target.addEventListener(type, act, { signal: this.#stop.signal });
    listen(window, "online", () => this.#wake());
    listen(window, "offline", () => { this.#reachable = false; this.#show(); });
    listen(window, "pageshow", (event) => event.persisted && this.#wake());
    listen(window, "storage", (event) => event.key === `handdruk ${this.base}` && this.#fromOtherTab(event));
    listen(document, "visibilitychange", () => this.#visibility());
    listen(document, "click", (event) => this.#invited(event));
    for (const type of ["resize", "scroll"]) if (window.visualViewport) listen(visualViewport, type, () => this.#fit());
    const watch = new MutationObserver(() => this.#theme());
    watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.#stop.signal.addEventListener("abort", () => watch.disconnect());
    this.#theme();
    this.#fit();
  }

  #theme() {
    const chosen = this.getAttribute("theme") || document.documentElement.dataset.theme;
    chosen ? (this.dataset.theme = chosen) : delete this.dataset.theme;
  }

  get #kept() { return this.store.read(); }
  get #page() { return this.getAttribute("mode") === "page"; }
  get #narrow() { return matchMedia("(max-width: 30em)").matches; }
  get #shown() { return !this.#ui.panel.hidden; }
  get #seen() { return this.#shown && !document.hidden; }
  get #words() { return WORDS[this.#language]; }

  /** What the customer chose here; else the attribute, the page, the browser. A page that changes language wins again. */
  get #language() {
    const asked = this.getAttribute("language") || document.documentElement.lang || navigator.language || "";
    const { chosen, against } = this.#kept;
    return chosen && against === asked ? chosen : /^nl\b/i.test(asked) ? "nl" : "en";
  }

  /* for the page around it */

  open({ focus = true } = {}) {
    this.#ui.panel.hidden = false;
    this.#ui.bubble.hidden = true;
    if (!this.#page) this.store.change((kept) => { kept.open = true; });
    this.#render();
    this.#toEnd();
    if (focus) (touch() ? this.#ui.panel : this.#ui.text).focus();
    this.#begin();
    this.#hear();
  }

  close() {
    if (this.#page) return;
    this.store.change((kept) => { kept.open = false; });
    this.#ui.panel.hidden = true;
    this.#show();
    this.#ui.bubble.focus();
    this.#hear();
  }

  /** A link or button of the page: data-handdruk="open" or "person". Without this script it is an ordinary link. */
  #invited(event) {
    const from = event.target.closest?.("[data-handdruk]");
    if (!from || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const text = from.dataset.handdrukText;
    if (text && !this.#ui.text.value) this.#ui.text.value = text;
    this.open();
    this.#typed();
    if (from.dataset.handdruk === "person") this.#askPerson();
  }

  /* the fixed parts */

  #build() {
    const ui = (this.#ui = {});
    const keep = (name, node) => (ui[name] = node);
    const press = (act) => ({ click: act });
    const head = el("div", { class: "head" }, keep("mark", mark()), keep("face", el("span", { class: "face", "aria-hidden": "true" })),
      el("div", { class: "title" }, keep("company", el("b")), keep("holder", el("span"))),
      keep("language", el("button", { class: "tool", type: "button", on: press(() => this.#switchLanguage()) })),
      keep("close", el("button", { class: "tool", type: "button", on: press(() => this.close()) }, crossIcon())));
    const strip = keep("strip", el("div", { class: "strip" },
      el("button", { class: "person", type: "button", on: press(() => this.#askPerson()) }, personIcon(), keep("person", el("span"))),
      keep("promise", el("p")),
      keep("back", el("button", { class: "link", type: "button", on: press(() => this.#backToAssistant()) }))));
    const view = el("div", { class: "view" },
      keep("log", el("div", { class: "log", role: "log", tabindex: "0", on: { scroll: () => this.#scrolled() } })),
      keep("below", el("button", { class: "below", type: "button", hidden: true, on: press(() => this.#toEnd()) })));
    keep("box", el("form", { class: "box", on: { submit: (event) => { event.preventDefault(); this.#submit(); } } },
      keep("text", el("textarea", { rows: "1", maxlength: "10000", enterkeyhint: "send", autocomplete: "off", on: { input: () => this.#typed(), keydown: (event) => this.#key(event) } })),
      keep("send", el("button", { class: "send", type: "submit" }, sendIcon()))));
    keep("end", el("div", { class: "end" }, keep("closed", el("p")),
      keep("again", el("button", { type: "button", on: press(() => this.#startAgain()) }))));
    const foot = el("div", { class: "foot" }, keep("typing", el("p", { class: "typing" })),
      keep("warn", el("p", { class: "warn", hidden: true })), ui.end, ui.box);
    keep("panel", el("section", { class: "panel", tabindex: "-1", hidden: true, on: { keydown: (event) => this.#escape(event) } },
      head, strip, view, foot));
    keep("bubble", el("button", { class: "bubble", type: "button", "aria-expanded": "false", on: press(() => this.open()) },
      mark(), keep("launch", el("span", { class: "word" })),
      keep("unread", el("span", { class: "unread", "aria-hidden": "true" })), keep("count", el("span", { class: "sr" }))));
    keep("say", el("p", { class: "sr", role: "status" }));
    this.#root.append(ui.bubble, ui.panel, ui.say);
    new ResizeObserver(() => this.#follow && this.#toEnd()).observe(ui.log);
  }

  /** Everything that is words, again: at the start and when the language changes. */
  #label() {
    const ui = this.#ui;
    const words = this.#words;
    this.#root.host.lang = this.#language;
    ui.panel.setAttribute("role", this.#page ? "region" : "dialog");
    ui.close.hidden = this.#page;
    ui.log.setAttribute("aria-label", words.log);
    ui.text.setAttribute("aria-label", words.message);
    ui.text.placeholder = words.message;
    ui.send.setAttribute("aria-label", words.send);
    ui.close.setAttribute("aria-label", words.close);
    ui.language.textContent = words.other.toUpperCase();
    ui.language.setAttribute("aria-label", words.switchTo);
    ui.language.lang = words.other;
    ui.launch.textContent = words.launch;
    ui.below.textContent = `↓ ${words.below}`;
    ui.back.textContent = words.back;
    ui.closed.textContent = words.closed;
    ui.again.textContent = words.again;
    this.#render();
  }

  #switchLanguage() {
    const chosen = this.#words.other;
    const against = this.getAttribute("language") || document.documentElement.lang || navigator.language || "";
    this.store.change((kept) => Object.assign(kept, { chosen, against, speak: chosen }));
    this.#label();
    this.#speak();
  }

  /** The server's own words (how long it takes, the assistant's next answer) in the chosen language too. */
  async #speak() {
    const { speak, conversation } = this.#kept;
    if (!speak || !conversation) return;
    try {
      await this.#call("POST", "/language", { language: speak });
    } catch (problem) {
      if (problem.passing) return;
    }
    this.store.change((kept) => { if (kept.speak === speak) delete kept.speak; });
  }

  /** On a phone the keyboard covers the page: stay within what can be seen. */
  #fit() {
    if (!window.visualViewport || this.#page || visualViewport.scale > 1.01) return;
    this.#ui.panel.style.setProperty("--height", `${visualViewport.height}px`);
    this.#ui.panel.style.setProperty("--top", `${visualViewport.offsetTop}px`);
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #escape(event) {
    if (event.key !== "Escape" || event.isComposing || this.#page) return;
    event.stopPropagation();
    this.close();
  }

  #say(text) {
    this.#ui.say.textContent = "";
    this.#after("say", 60, () => { this.#ui.say.textContent = text; });
  }

  #after(name, ms, act) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(() => { delete this.#timers[name]; act(); }, ms);
  }

  #cancel(name) {
    clearTimeout(this.#timers[name]);
    delete this.#timers[name];
  }

  /* asking the server */

  #headers(more) {
    const { token } = this.#kept;
    return { Accept: "application/json", "Accept-Language": this.#language, ...(token && { Authorization: `Bearer ${token}` }), ...more };
  }

  #address(path = "") {
    const { conversation } = this.#kept;
    return `${this.base}api/chat/conversations${conversation ? `/${encodeURIComponent(conversation)}` : ""}${path}`;
  }

  async #call(method, path, body, sent) {
    const order = ++this.#asked;
    let answer;
    let json = {};
    try {
      answer = await fetch(this.#address(path), {
        method, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(30e3),
        headers: this.#headers(body && { "Content-Type": "application/json" }), body: body && JSON.stringify(body),
      });
      if (answer.status !== 204) json = await answer.json();
    } catch {
      if (!answer || answer.ok) {
        this.#reached(false);
        throw new Problem(0);
      }
    }
    this.#reached(true);
    if (!answer.ok) {
      const told = answer.status === 429 ? this.#words.busy : json.detail || json.title;
      const ours = answer.headers.get("Content-Type")?.startsWith("application/problem+json");
      throw new Problem(answer.status, told, patience(answer.headers.get("Retry-After")), ours);
    }
    if (sent) this.#sent(sent);
    this.#take(json, order);
    return json;
  }

  #reached(yes) {
    if (this.#reachable === yes) return;
    this.#reachable = yes;
    if (!yes) this.#say(navigator.onLine ? this.#words.trouble : this.#words.offline);
    this.#show();
  }

  /** Any answer of the server: messages, who has the turn, what was promised. */
  #take(answer, order) {
    const fresh = [...(answer.messages || []), answer.message, ...(answer.replies || [])].filter((m) => m && !this.#messages.has(m.number));
    for (const message of fresh) this.#messages.set(message.number, message);
    const mine = new Set(fresh.map((message) => message.client_id).filter(Boolean));
    if (mine.size) this.store.change((kept) => { kept.outbox = (kept.outbox || []).filter((item) => !mine.has(item.client_id)); });
    if (order > this.#told && answer.holder) {
      this.#told = order;
      const before = this.#now.holder;
      for (const name of Object.keys(this.#now)) if (name in answer) this.#now[name] = answer[name];
      if (answer.holder !== "queue" && !("waiting" in answer)) this.#now.waiting = null;
      if (before !== answer.holder) this.#say(this.#status()[2]);
    }
    if (fresh.some((message) => message.author === "colleague")) this.#typingOf("");
    // Only without a hole: what another wrote in between is still to be fetched.
    while (this.#messages.has(this.#cursor + 1)) this.#cursor++;
    this.#render(fresh);
    this.#hear();
  }

  /** A conversation, made once however many ask for it. */
  #conversation() {
    if (this.#kept.conversation) return Promise.resolve();
    this.making ||= (async () => {
      try {
        const made = await this.#call("POST", "", { language: this.#language });
        this.store.change((kept) => Object.assign(kept, {
          conversation: made.conversation, token: made.token, company: made.company,
          hours: made.hours?.text, hoursAt: Date.now(), seen: 0, rated: {},
        }));
        this.#show();
        this.#hear();
      } finally {
        this.making = null;
      }
    })();
    return this.making;
  }

  /** Opening the chat: have a conversation to show, and keep trying when there is no connection. */
  async #begin(tries = 0) {
    try {
      await this.#conversation();
      this.#cancel("begin");
      if (tries) this.#warn("");
    } catch (problem) {
      if (problem.message) this.#warn(problem.message);
      this.#after("begin", Math.max(problem.after, backOff(tries)), () => this.#shown && this.#begin(tries + 1));
    }
  }

  /** Everything after the cursor. First load, live hint, reconnect and poll all come here. */
  async #catchUp() {
    if (!this.#kept.conversation) return false;
    if (this.catching) { this.catchAgain = true; return false; }
    this.catching = true;
    const before = this.#cursor;
    const first = (this.loading = !before);
    if (first) this.#ui.log.setAttribute("aria-live", "off");
    try {
      for (;;) {
        const from = this.#cursor;
        const answer = await this.#call("GET", `/messages?after=${from}`);
        this.#cursor = Math.max(this.#cursor, ...answer.messages.map((message) => message.number), answer.messages.length ? 0 : answer.last || 0);
        if (!this.catchAgain && (this.#cursor >= (answer.last || 0) || this.#cursor === from)) break;
        this.catchAgain = false;
      }
      this.#hear();
    } catch (problem) {
      if (problem.gone) this.#forget();
      this.notBefore = Date.now() + (problem.after || 0);
    } finally {
      this.catching = this.catchAgain = this.loading = false;
      if (first) this.#after("polite", 300, () => this.#ui.log.removeAttribute("aria-live"));
    }
    return this.#cursor > before;
  }

  /** The server no longer knows the conversation. What was not sent yet goes along to the next. */
  #forget(why = this.#words.gone) {
    this.#drop();
    if (this.#shown) this.#begin();
    if (why) { this.#warn(why); this.#say(why); }
  }

  #drop() {
    this.#hangUp();
    this.store.change((kept) => { for (const name of ["conversation", "token", "seen", "rated"]) delete kept[name]; });
    this.#messages.clear();
    this.#cursor = 0;
    this.#lastEvent = "";
    this.#told = this.#asked;
    this.#now = { holder: "assistant", state: "open", colleague: null, waiting: null };
    this.#render();
  }

  #startAgain() {
    this.#drop();
    this.#begin();
    this.#ui.text.focus();
  }

  /* sending: the outbox */

  #typed() {
    const { text, send } = this.#ui;
    send.setAttribute("aria-disabled", String(!text.value.trim()));
    if (!CSS.supports("field-sizing", "content")) {
      text.style.height = "auto";
      text.style.height = `${text.scrollHeight}px`;
    }
    this.#after("draft", 250, () => this.store.change((kept) => { kept.draft = text.value; }));
    if (!text.value || this.#now.holder === "assistant" || Date.now() - (this.typedAt || 0) < 3000) return;
    this.typedAt = Date.now();
    this.#call("POST", "/typing", {}).catch(() => {});
  }

  #submit() {
    const { text } = this.#ui;
    const written = text.value.trim();
    text.focus();
    if (!written) return;
    text.value = "";
    this.#typed();
    this.#send(written);
  }

  #send(text, choice) {
    this.#post({ client_id: randomId(), text, at: new Date().toISOString(), ...(choice != null && { choice }) });
  }

  #post(item) {
    this.store.change((kept) => { kept.outbox = [...(kept.outbox || []), item]; });
    this.#warn("");
    this.#render();
    this.#toEnd();
    this.#flush();
  }

  #note(item, change) {
    this.store.change((kept) => {
      kept.outbox = (kept.outbox || []).map((each) => (each.client_id === item.client_id ? { ...each, ...change } : each));
    });
  }

  #sent(item) {
    this.store.change((kept) => { kept.outbox = (kept.outbox || []).filter((each) => each.client_id !== item.client_id); });
  }

  /** What met only a broken connection need not wait out its back-off; what the server asked to wait, does. */
  #hurry() {
    this.#speak();
    for (const item of this.#kept.outbox || []) if (item.due && !item.error) this.#note(item, { due: 0 });
    this.#flush();
  }

  #again(item) {
    this.#note(item, { failed: false, due: 0, error: "" });
    this.#render();
    this.#flush();
  }

  /** Sends what waits, in order, one at a time; the wish for a person goes before everything. */
  async #flush() {
    if (this.flushing) return;
    this.flushing = true;
    this.#cancel("flush");
    try {
      for (;;) {
        const waiting = (this.#kept.outbox || []).filter((item) => !item.failed);
        const item = waiting.find((each) => each.human) || waiting[0];
        if (!item) return;
        const wait = (item.due || 0) - Date.now();
        if (wait > 0) return void this.#after("flush", wait, () => this.#flush());
        await this.#deliver(item);
      }
    } finally {
      this.flushing = false;
      this.#thinking(false);
      this.#render();
    }
  }

  async #deliver(item) {
    try {
      await this.#conversation();
      if (this.#now.holder === "assistant" && !item.human) this.#thinking(true);
      const { client_id, text, choice } = item;
      await this.#call("POST", item.human ? "/human" : "/messages", item.human ? {} : { client_id, text, choice }, item);
      // A hole, or a conversation that this message opened again.
      if (this.#now.state === "closed" || this.#cursor < Math.max(...this.#messages.keys())) this.#catchUp();
    } catch (problem) {
      this.#thinking(false);
      if (problem.gone && this.#kept.conversation && !item.moved) {
        this.#note(item, { moved: true });
        this.#forget();
      } else if (problem.passing) {
        const tries = (item.tries || 0) + 1;
        this.#note(item, { tries, held: problem.after > 0, error: problem.message, due: Date.now() + Math.max(problem.after, backOff(tries - 1)) });
        if (problem.message) this.#say(problem.message);
      } else {
        this.#note(item, { failed: true, error: problem.message });
        this.#say(`${this.#words.failed} ${problem.message}`);
        this.#catchUp();
      }
      this.#render();
    }
  }

  /* a person */

  #askPerson() {
    const asked = (this.#kept.outbox || []).find((item) => item.human);
    if (asked) return this.#again(asked);
    if (this.#now.state !== "closed" && this.#now.holder !== "assistant") {
      this.#ui.strip.classList.toggle("whole"); // on a small screen two lines of it show
      this.#say(this.#status()[2]);
      return this.#ui.text.focus();
    }
    this.#say(this.#words.asking);
    this.#post({ client_id: randomId(), human: true });
  }

  async #backToAssistant() {
    try {
      await this.#call("DELETE", "/human");
      await this.#catchUp();
    } catch (problem) {
      this.#warn(problem.message || this.#words.trouble);
    }
    this.#ui.text.focus();
  }

  async #helped(message, right) {
    const done = (value) => this.store.change((kept) => { kept.rated = { ...kept.rated, [message.number]: value }; });
    done(right);
    this.#render();
    this.#say(right ? this.#words.thanksYes : this.#words.thanksNo);
    try {
      await this.#call("POST", "/outcome", { number: message.number, right });
      this.#catchUp();
    } catch (problem) {
      done(undefined);
      this.#warn(problem.message || this.#words.trouble);
      this.#render();
    }
  }

  /* live: a stream when the network allows one, polling when it does not */

  get #wanted() {
    return Boolean(this.#kept.conversation && this.isConnected && !this.resting
      && (this.#shown || (this.#now.state !== "closed" && this.#now.holder !== "assistant")));
  }

  #hear() {
    if (!this.#wanted) return this.#hangUp();
    if (!this.#stream && !this.#timers.stream) this.#listen();
    if (!this.#live && !this.#timers.poll) this.#poll(3000);
  }

  #hangUp() {
    this.#stream?.abort();
    this.#stream = null;
    this.#live = false;
    this.#cancel("stream");
    if (!this.resting) this.#cancel("poll");
  }

  #poll(delay) {
    this.#after("poll", Math.max(delay, (this.notBefore || 0) - Date.now()), async () => {
      if (this.#live) return;
      const news = await this.#catchUp();
      const due = this.resting ? this.#now.holder !== "assistant" : this.#wanted;
      if (due && !this.#live) this.#poll(document.hidden ? 30e3 : news ? 3000 : Math.min(delay * 1.4, 15e3));
    });
  }

  async #listen(tries = 0) {
    const stream = (this.#stream = new AbortController());
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => stream.abort(), 40e3);
    };
    alive();
    try {
      const answer = await fetch(this.#address("/stream"), {
        headers: this.#headers({ Accept: "text/event-stream", ...(this.#lastEvent && { "Last-Event-ID": this.#lastEvent }) }),
        cache: "no-store", credentials: "omit", signal: stream.signal,
      });
      if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new Problem(answer.status);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        alive();
        tries = 0;
        // Only now, not with the headers: a stream that a proxy holds back is not live.
        const begun = !this.#live;
        this.#live = true;
        if (begun) this.#cancel("poll");
        rest = this.#events(rest + value);
        if (begun && !this.catching) this.#catchUp();
      }
    } catch { /* refused, cut off or silent: below */ }
    clearTimeout(watch);
    if (this.#stream !== stream) return;
    this.#stream = null;
    this.#live = false;
    if (!this.#wanted) return;
    this.#after("stream", backOff(tries, 60e3), () => this.#wanted && this.#listen(tries + 1));
    this.#poll(tries ? 3000 : 500);
  }

  /** Handles the whole events in the text and gives back what is left. */
  #events(text) {
    const parts = text.replaceAll("\r\n", "\n").split("\n\n");
    const rest = parts.pop();
    for (const part of parts) {
      const event = { event: "message", data: "" };
      for (const line of part.split("\n")) {
        const [, name, value] = /^(\w+): ?(.*)$/.exec(line) || [];
        if (name) event[name] = name === "data" ? event.data + value : value;
      }
      if (event.id) this.#lastEvent = event.id;
      if (event.event === "changed") this.#catchUp();
      if (event.event === "typing") try { this.#typingOf(JSON.parse(event.data).name || this.#words.colleague); } catch { /* not for us */ }
    }
    return rest;
  }

  #wake() {
    this.#reachable = true;
    this.resting = false;
    this.#hangUp();
    this.#catchUp();
    this.#hurry();
    this.#hear();
    if (this.#shown) this.#begin();
    this.#show();
  }

  /** A page nobody looks at gives its connection back after half a minute, and asks now and then instead. */
  #visibility() {
    if (document.hidden) {
      return this.#after("rest", 30e3, () => {
        this.resting = true;
        this.#hangUp();
        if (this.#now.holder !== "assistant") this.#poll(30e3);
      });
    }
    this.#cancel("rest");
    const rested = this.resting;
    this.resting = false;
    if (rested) this.#cancel("poll");
    this.#catchUp();
    this.#hurry();
    this.#hear();
    this.#render();
  }

  #fromOtherTab({ oldValue, newValue }) {
    const of = (text) => { try { return JSON.parse(text)?.conversation; } catch { return null; } };
    if (of(oldValue) !== of(newValue)) {
      this.#hangUp();
      this.#messages.clear();
      this.#cursor = 0;
      this.#lastEvent = "";
      this.#catchUp();
    }
    this.#render();
  }

  #typingOf(name) {
    const { typing } = this.#ui;
    const line = name && this.#words.typing(name);
    if (line && typing.textContent !== line) this.#say(line);
    typing.textContent = line;
    if (line) this.#after("typing", 5000, () => { typing.textContent = ""; });
  }

  #thinking(yes) {
    if (yes) return this.#after("thinking", 500, () => { this.#ui.typing.textContent = this.#words.thinking; });
    this.#cancel("thinking");
    if (this.#ui.typing.textContent === this.#words.thinking) this.#ui.typing.textContent = "";
  }

  /* showing */

  #render(fresh = []) {
    if (!this.#ui) return;
    this.#showLog();
    this.#show();
    if (!this.#shown || !fresh.length) return;
    const theirs = fresh.find((message) => message.author !== "customer");
    if (this.#follow) this.#toEnd(!this.loading && theirs && this.#nodes.get(`m${theirs.id}`));
    else if (theirs) this.#ui.below.hidden = false;
  }

  /** Button, promise and announcement of the strip that leads to a person. */
  #status() {
    const words = this.#words;
    const { holder, state, colleague, waiting } = this.#now;
    const kept = this.#kept;
    const asked = (kept.outbox || []).find((item) => item.human);
    if (asked) {
      const line = asked.error || (this.#reachable ? words.asking : words.offline);
      return [words.person, line, line];
    }
    if (state !== "closed" && holder === "queue") {
      const line = waiting?.text || words.waiting;
      return [words.coming, line, `${words.coming}. ${line}`];
    }
    if (state !== "closed" && holder === "colleague") {
      return [words.talking, words.silent, `${words.talking}: ${colleague?.name || words.colleague}. ${words.silent}`];
    }
    const hours = Date.now() - kept.hoursAt < 30 * 60e3 && kept.hours;
    return [words.person, hours || words.personHint, `${words.assistant}, ${words.machine}.`];
  }

  #show() {
    const ui = this.#ui;
    const words = this.#words;
    const kept = this.#kept;
    const { holder, state, colleague } = this.#now;
    const closed = state === "closed";
    const human = !closed && holder !== "assistant";
    const company = kept.company?.name || kept.company || words.chat;
    const [button, line] = this.#status();
    ui.panel.dataset.holder = closed ? "assistant" : holder;
    ui.panel.setAttribute("aria-label", company === words.chat ? words.chat : `${words.chat}: ${company}`);
    const name = human && holder === "colleague" ? colleague?.name || words.colleague : "";
    ui.mark.toggleAttribute("hidden", Boolean(name));
    ui.face.hidden = !name;
    put(ui.face, name.slice(0, 1));
    put(ui.company, name || company);
    put(ui.holder, !human ? `${words.assistant} · ${words.machine}` : holder === "queue" ? words.queueStatus : `${company} · ${words.colleagueStatus}`);
    put(ui.person, button);
    put(ui.promise, line);
    ui.back.hidden = closed || holder !== "queue";
    ui.typing.hidden = closed;
    ui.end.hidden = !closed;
    ui.send.setAttribute("aria-disabled", String(!ui.text.value.trim()));
    this.#warn();

    if (this.#seen && this.#cursor > (kept.seen || 0)) this.store.change((each) => { each.seen = this.#cursor; });
    const unread = [...this.#messages.values()].filter((m) => m.author !== "customer" && m.kind !== "notice" && m.number > (kept.seen || 0)).length;
    ui.bubble.hidden = this.#shown || this.#page;
    ui.unread.hidden = !unread;
    put(ui.unread, String(Math.min(unread, 99)));
    put(ui.count, unread ? words.unread(unread) : "");
  }

  /** A line above the message box: a problem to tell, or that there is no connection. */
  #warn(text) {
    if (text !== undefined) this.warning = text;
    const line = this.#reachable && navigator.onLine ? this.warning : navigator.onLine ? this.#words.trouble : this.#words.offline;
    put(this.#ui.warn, line || "");
    this.#ui.warn.hidden = !line;
  }

  #showLog() {
    const items = this.#items();
    const { log } = this.#ui;
    const keys = new Set(items.map((item) => item.key));
    for (const [key, node] of this.#nodes) {
      if (keys.has(key)) continue;
      if (node.contains(this.#root.activeElement)) this.#ui.text.focus();
      node.remove();
      this.#nodes.delete(key);
    }
    let place = log.firstChild;
    for (const item of items) {
      let node = this.#nodes.get(item.key);
      if (!node) this.#nodes.set(item.key, (node = el("div")));
      item.message ? this.#showMessage(node, item) : this.#showLine(node, item);
      if (node === place) place = place.nextSibling;
      else log.insertBefore(node, place);
    }
  }

  /** What the log shows, from top to bottom. */
  #items() {
    const stored = [...this.#messages.values()].sort((a, b) => a.number - b.number);
    const have = new Set(stored.map((message) => message.client_id));
    const pending = (this.#kept.outbox || []).filter((item) => !item.human && !have.has(item.client_id));
    const last = stored.findLast?.((m) => m.kind !== "notice") ?? stored.filter((m) => m.kind !== "notice").pop();
    const items = [{ key: "intro", text: this.#words.intro }];
    let before = { at: Date.now() };
    for (const message of [...stored, ...pending.map((item) => ({ ...item, author: "customer", item }))]) {
      if (dayOf(message.at) !== dayOf(before.at)) items.push({ key: `d${dayOf(message.at)}`, text: this.#day(message.at), day: true });
      const key = message.client_id ? `c${message.client_id}` : `m${message.id}`;
      if (message.kind === "notice") items.push({ key, text: message.text });
      else {
        const grouped = before.author === message.author && before.name === message.name && before.kind !== "notice"
          && dayOf(before.at) === dayOf(message.at) && new Date(message.at) - new Date(before.at) < 300e3;
        items.push({ key, message, grouped, last: message === last && !pending.length });
      }
      before = message;
    }
    return items;
  }

  #showLine(node, { text, day }) {
    node.className = day ? "line day" : "line";
    put(node, text);
  }

  #showMessage(node, { message, grouped, last }) {
    const { item } = message;
    const rated = message.ask_outcome && (this.#kept.rated || {})[message.number];
    const state = JSON.stringify([this.#language, grouped, last, item, rated, message.at, item && this.#reachable, this.#now.state, this.#now.holder]);
    if (node.state === state) return;
    node.state = state;
    node.className = `msg ${message.author} ${grouped ? "grouped" : ""} ${item ? (item.failed ? "failed" : "pending") : ""}`;
    if (!node.who) {
      node.append((node.who = el("p", { class: "who" })), this.#textOf(message), (node.under = el("div", { class: "under" })), (node.picks = el("div", { class: "picks" })));
    }
    const words = this.#words;
    const author = message.author === "customer" ? words.you : message.author === "assistant" ? words.assistant : message.name || words.colleague;
    const time = new Date(message.at).toLocaleTimeString(LOCALE[this.#language], { hour: "2-digit", minute: "2-digit" });
    node.who.replaceChildren(el("b", {}, author), el("time", { datetime: message.at }, time));
    const held = node.contains(this.#root.activeElement);
    const under = item ? this.#delivery(item) : this.#under(message, last, rated);
    node.under.replaceChildren(...under);
    node.under.hidden = !under.length;
    const buttons = (last && message.author !== "customer" && this.#now.state !== "closed" && message.buttons) || [];
    node.picks.replaceChildren(...buttons.map(({ label, value }) =>
      el("button", { class: "pick", type: "button", on: { click: () => this.#send(label, value) } }, label)));
    node.picks.hidden = !buttons.length;
    if (held && !this.#root.activeElement) (touch() ? this.#ui.log : this.#ui.text).focus();
  }

  #textOf(message) {
    const box = el("div", { class: "text" });
    const fill = (text) => box.replaceChildren(message.author === "customer" ? text : formatted(text, (label, href) => this.#link(label, href)));
    const text = String(message.text);
    const most = 6000;
    fill(text.slice(0, most));
    if (text.length > most) {
      const more = el("button", { class: "mini", type: "button", on: { click: () => { fill(text); box.tabIndex = -1; box.focus(); } } }, this.#words.whole);
      box.append("… ", more);
    }
    return box;
  }

  #link(label, href, ...inside) {
    const address = safeAddress(href, this.base);
    if (!address) return null;
    const here = !this.#page && new URL(address).origin === location.origin;
    const mail = address.startsWith("mailto:");
    const leave = () => { if (here && this.#narrow) this.store.change((kept) => { kept.open = false; }); };
    return el("a", { href: address, rel: "noopener noreferrer", target: here || mail ? null : "_blank", on: { click: leave } },
      ...inside, label, !here && !mail && el("span", { class: "sr" }, ` (${this.#words.newTab})`));
  }

  /** Under a message that is not with the server yet. */
  #delivery(item) {
    const words = this.#words;
    const again = () => el("button", { class: "mini", type: "button", on: { click: () => this.#again(item) } }, words.retry);
    if (item.failed) {
      return [el("p", {}, `${words.failed} ${item.error || ""}`), again(),
        el("button", { class: "mini", type: "button", on: { click: () => { this.#sent(item); this.#render(); } } }, words.remove)];
    }
    if (!item.tries && this.#reachable) return [el("p", { class: "soft", "aria-hidden": "true" }, words.sending)];
    const when = item.error && item.due - Date.now() > 8e3 ? words.at(new Date(item.due).toLocaleTimeString(LOCALE[this.#language])) : words.later;
    return [el("p", {}, `${item.error || ""} ${when}`.trim()), !item.held && again()].filter(Boolean);
  }

  #under(message, last, rated) {
    const words = this.#words;
    const parts = [];
    if (message.article?.url) parts.push(this.#link(`${words.source}: ${message.article.title}`, message.article.url, pageIcon()));
    if (rated !== undefined && message.ask_outcome) parts.push(el("p", {}, rated ? words.thanksYes : words.thanksNo));
    else if (message.ask_outcome && last && this.#now.state !== "closed" && this.#now.holder === "assistant") {
      const pick = (text, right) => el("button", { class: "mini", type: "button", "aria-label": `${words.helped} ${text}`, on: { click: () => this.#helped(message, right) } }, text);
      parts.push(el("p", {}, words.helped), pick(words.yes, true), pick(words.no, false));
    }
    return parts.filter(Boolean);
  }

  #day(at) {
    const day = dayOf(at);
    if (day === dayOf(Date.now())) return this.#words.today;
    if (day === dayOf(Date.now() - 864e5)) return this.#words.yesterday;
    return new Date(at).toLocaleDateString(LOCALE[this.#language], { weekday: "long", day: "numeric", month: "long" });
  }

  #scrolled() {
    const { log, below } = this.#ui;
    this.#follow = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    if (this.#follow) below.hidden = true;
  }

  /** To the newest message; to the first line of a reply that is longer than the screen. */
  #toEnd(reply) {
    const { log, below } = this.#ui;
    const end = log.scrollHeight - log.clientHeight;
    log.scrollTop = reply ? Math.min(end, reply.offsetTop - log.offsetTop - 12) : end;
    this.#follow = true;
    below.hidden = true;
  }
}

/** Sets text only when it differs, so that nothing is announced twice. */
function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

customElements.define("handdruk-chat", HanddrukChat);

/* One script tag is enough: without an element of its own the page gets a bubble. */
function embed() {
  if (document.querySelector("handdruk-chat")) return;
  const chat = el("handdruk-chat");
  for (const name of ["language", "mode", "theme", "api"]) if (script?.dataset[name]) chat.setAttribute(name, script.dataset[name]);
  document.body.append(chat);
}
if (document.readyState === "loading") addEventListener("DOMContentLoaded", embed);
else embed();
})();
