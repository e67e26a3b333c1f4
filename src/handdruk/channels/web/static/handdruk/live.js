/* <live-source src="/desk/stream">: tells a server-rendered page that something changed, never what.
 *
 * Each event {"name": "queue"} of the stream becomes a DOM event "queue" on <body>, so that
 * hx-trigger="queue from:body" fetches it again. After three failures in a row "poll" every 5 s stands in, while the
 * stream is tried again. <html data-live="on|off"> says whether the stream is there.
 */
customElements.define("live-source", class extends HTMLElement {
  connectedCallback() {
    this.failures = 0;
    this.open();
  }

  disconnectedCallback() {
    this.source?.close();
    clearTimeout(this.again);
    clearInterval(this.polling);
  }

  open() {
    const source = (this.source = new EventSource(this.getAttribute("src")));
    source.onopen = () => this.up();
    source.onerror = () => this.down();
    for (const type of ["message", ...(this.getAttribute("events") || "changed").split(" ")]) {
      source.addEventListener(type, (event) => this.heard(event));
    }
  }

  heard({ type, data }) {
    let detail = {};
    try { detail = JSON.parse(data); } catch { /* a name is enough */ }
    this.tell(detail.name || type, detail);
  }

  tell(name, detail) {
    document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  up() {
    if (this.failures) this.tell("poll"); // what came meanwhile
    this.failures = 0;
    clearInterval(this.polling);
    this.polling = 0;
    document.documentElement.dataset.live = "on";
  }

  down() {
    this.failures += 1;
    if (this.failures >= 3) {
      document.documentElement.dataset.live = "off";
      this.polling ||= setInterval(() => this.tell("poll"), 5000);
    }
    // The browser reconnects by itself (with Last-Event-ID) unless the answer was an error.
    if (this.source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.open(), Math.min(30, 2 ** this.failures) * 1000);
  }
});
