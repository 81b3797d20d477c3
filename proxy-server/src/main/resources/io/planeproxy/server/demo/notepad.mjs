// The shared text: what the server has confirmed, one edit that is under way, and what stands in the box.
// Whatever is typed while an edit is under way is found by comparing, and sent when the answer has come.

import { after, apply, before, between, end } from "./splice.mjs";

const SOONEST_RETRY_MS = 250;
const LATEST_RETRY_MS = 5000;

export class Notepad {
  #box;
  #tell;
  #socket;
  #retryMs = SOONEST_RETRY_MS;
  #window = 0;
  #revision = 0;
  #confirmed = "";
  #underWay = null;

  /** @param tell is called with {state, detail} and with {windows} when they change */
  constructor(box, tell) {
    this.#box = box;
    this.#tell = tell;
    box.addEventListener("input", () => this.#send());
    addEventListener("online", () => this.#connectNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.#connectNow());
    this.#connect();
  }

  #connect() {
    this.#tell({ state: "connecting", detail: "opening a WebSocket" });
    const address = new URL("/live/collaboration", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => this.#retryMs = SOONEST_RETRY_MS;
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data), address);
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
  }

  #connectNow() {
    if (this.#socket.readyState === WebSocket.CLOSED) {
      this.#retryMs = SOONEST_RETRY_MS;
      this.#connect();
    }
  }

  #lost(code, reason) {
    const socket = this.#socket;
    const wait = this.#retryMs;
    this.#retryMs = Math.min(LATEST_RETRY_MS, wait * 2);
    this.#tell({
      state: "away",
      detail: `the socket closed with ${code}${reason ? ` (${reason})` : ""}; next try in ${wait / 1000} s`,
    });
    setTimeout(() => socket === this.#socket && this.#connectNow(), wait);
  }

  #hear(message, address) {
    switch (message.type) {
      case "welcome":
        this.#welcome(message);
        this.#tell({ state: "connected", detail: String(address) });
        break;
      case "anew":
        this.#start(message);
        this.#show(between(this.#box.value, message.text));
        this.#tell({ state: "connected", detail: message.why });
        break;
      case "splice":
        this.#splice(message);
        break;
      case "windows":
        this.#tell({ windows: message.count });
        break;
    }
    this.#send();
  }

  /** At the start, and after every reconnection: what was typed meanwhile here and elsewhere is put together. */
  #welcome(message) {
    this.#window = message.window;
    this.#box.maxLength = message.limit;
    this.#box.disabled = false;
    const theirs = between(this.#confirmed, message.text);
    const arrived = this.#underWay && message.text === apply(this.#confirmed, this.#underWay);
    const ours = between(this.#confirmed, this.#box.value);
    this.#start(message);
    if (theirs && !arrived) {
      this.#show(ours ? before(theirs, ours) : theirs);
    }
  }

  #start({ revision, text }) {
    this.#revision = revision;
    this.#confirmed = text;
    this.#underWay = null;
  }

  #splice({ window, revision, at, remove, insert }) {
    const made = { at, remove, insert };
    if (window === this.#window) {
      this.#underWay = null;
    } else {
      this.#theirs(made);
    }
    this.#revision = revision;
    this.#confirmed = apply(this.#confirmed, made);
  }

  #theirs(made) {
    const sent = this.#underWay ? apply(this.#confirmed, this.#underWay) : this.#confirmed;
    const unsent = between(sent, this.#box.value);
    const onSent = this.#underWay ? before(made, this.#underWay) : made;
    this.#show(unsent ? before(onSent, unsent) : onSent);
    this.#underWay = this.#underWay && after(this.#underWay, made);
  }

  #show(splice) {
    if (splice) {
      this.#box.setRangeText(splice.insert, splice.at, end(splice), "preserve");
    }
  }

  #send() {
    if (this.#underWay || this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    this.#underWay = between(this.#confirmed, this.#box.value);
    if (this.#underWay) {
      this.#socket.send(JSON.stringify({ revision: this.#revision, ...this.#underWay }));
    }
  }
}
