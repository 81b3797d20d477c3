// The shared text as one window has it: what the server has confirmed, then the edits made here since. The first of
// those may be under way; the next is sent when the server has answered. An edit from another window is moved over
// them, and they over it.

import { after, apply, before, between, end, joined } from "./splice.mjs";

const SOONEST_RETRY_MS = 250;
const LATEST_RETRY_MS = 5000;

export class Notepad {
  #box;
  #tell;
  #socket;
  #retryMs = SOONEST_RETRY_MS;
  /** The server's number for this window; 0 until it has said so on the present socket. */
  #window = 0;
  #revision = 0;
  #confirmed = "";
  #shown = "";
  /** Each is a list of splices that do not overlap; see `after`. */
  #ours = [];
  #underWay = false;

  /** @param tell is called with {state, detail} and with {windows} when they change */
  constructor(box, tell) {
    this.#box = box;
    this.#tell = tell;
    box.addEventListener("input", () => this.#typed());
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
    this.#window = 0;
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
        this.#ours = [];
        this.#start(message);
        this.#tell({ state: "connected", detail: message.why });
        break;
      case "splice":
        this.#splice(message);
        break;
      case "windows":
        this.#tell({ windows: message.count });
        break;
    }
    if (this.#ours.length === 0) {
      // Nothing of ours is left, so the server's text is the truth, whatever became of edits that crossed.
      this.#show(between(this.#shown, this.#confirmed));
    }
    this.#send();
  }

  /** At the start, and after every reconnection: what was typed meanwhile here and elsewhere is put together. */
  #welcome(message) {
    this.#window = message.window;
    this.#box.maxLength = message.limit;
    this.#box.disabled = false;
    if (this.#underWay && message.text === this.#ours[0].reduceRight(apply, this.#confirmed)) {
      this.#ours.shift();
    } else {
      this.#theirs(between(this.#confirmed, message.text));
    }
    this.#start(message);
  }

  #start({ revision, text }) {
    this.#revision = revision;
    this.#confirmed = text;
    this.#underWay = false;
  }

  #splice({ window, revision, more, at, remove, insert }) {
    const made = { at, remove, insert };
    if (window !== this.#window) {
      this.#theirs(made);
    } else {
      this.#ours[0].pop();
      if (more === 0) {
        this.#ours.shift();
        this.#underWay = false;
      }
    }
    this.#revision = revision;
    this.#confirmed = apply(this.#confirmed, made);
  }

  #theirs(splice) {
    if (splice) {
      let theirs = [splice];
      this.#ours = this.#ours.map(ours => {
        const moved = after(ours, theirs);
        theirs = before(theirs, ours);
        return moved;
      });
      theirs.reverse().forEach(each => this.#show(each));
    }
  }

  #show(splice) {
    if (splice) {
      this.#box.setRangeText(splice.insert, splice.at, end(splice), "preserve");
      this.#shown = this.#box.value;
    }
  }

  #typed() {
    const splice = between(this.#shown, this.#box.value);
    this.#shown = this.#box.value;
    if (splice) {
      const last = this.#ours.length - 1;
      const both = last > 0 || (last === 0 && !this.#underWay) ? joined(this.#ours[last], splice) : null;
      this.#ours.splice(both ? last : last + 1, 1, [both ?? splice]);
      this.#send();
    }
  }

  #send() {
    if (!this.#underWay && this.#ours.length > 0 && this.#socket.readyState === WebSocket.OPEN && this.#window) {
      this.#underWay = true;
      // One at a time, the last place first, so that the other places stay what they are.
      this.#ours.splice(0, 1, ...this.#ours[0].toReversed().map(splice => [splice]));
      this.#socket.send(JSON.stringify({ revision: this.#revision, ...this.#ours[0][0] }));
    }
  }
}
