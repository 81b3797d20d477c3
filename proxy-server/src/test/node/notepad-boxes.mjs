// The demo's notepad without a browser: the page's own code, and somebody who types into it at random.

/** The page's class Notepad, in a world with that WebSocket, on a page of that address. */
export async function pageScript(WebSocket, href) {
  Object.assign(globalThis, {
    WebSocket,
    location: { href, protocol: "http:" },
    document: { addEventListener() {} },
    addEventListener() {},
  });
  return (await import("../../main/resources/io/planeproxy/server/demo/notepad.mjs")).Notepad;
}

/** As much of a textarea as the notepad uses. */
export class Box {
  value = "";
  #typed = () => {};

  addEventListener(name, listener) {
    this.#typed = listener;
  }

  setRangeText(text, start, end) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
  }

  type(at, remove, text) {
    this.setRangeText(text, at, at + remove);
    this.#typed();
  }
}

/** What is typed: words, which are never deleted, and dots, which are there to be. */
export class Typing {
  #random;
  #words = [];

  constructor(random) {
    this.#random = random;
  }

  /** Puts a new word between two others, or takes dots away. */
  edit(box, name) {
    const places = [...box.value.matchAll(/(?=<)|$/g)].map(match => match.index);
    const place = places[this.#random(places.length)];
    const dots = /\.{3,}/.exec(box.value);
    if (dots && this.#random(2) === 0) {
      box.type(dots.index + 1, dots[0].length - 2, "");
    } else {
      const word = `<${name}😀>`;
      this.#words.push(word);
      box.type(place, 0, `${word}.....`);
    }
  }

  /** The words that are not there in one piece. */
  lostIn(text) {
    return this.#words.filter(word => !text.includes(word));
  }
}

/** Whole numbers below a bound, the same for the same seed (xorshift, 32 bits). */
export function randomFrom(seed) {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
