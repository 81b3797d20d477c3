// What the scripts of this folder share: they speak to the test that started them in lines of JSON on stdout,
// and end when the test ends, however it does.

import { createInterface } from "node:readline";

/** Says one thing to the test. */
export function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Says the last thing and ends, once it has been written. */
export function sayAndEnd(message, code = 0) {
  process.stdout.write(`${JSON.stringify(message)}\n`, () => process.exit(code));
}

/** Ends this process when stdin is closed, which also happens when the test's JVM dies. */
export function endWithTheTest() {
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}

/** When the test has said that word, on a line of its own. */
export function told(word) {
  return new Promise(resolve => createInterface({ input: process.stdin }).on("line", line => line === word && resolve()));
}

/** Listens on the loopback, on a free port where none is asked for, and says on which. */
export function listen(server, port = 0) {
  server.listen(port, "127.0.0.1", () => say({ event: "listening", port: server.address().port }));
}
