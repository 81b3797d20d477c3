// An edit of the notepad: at a place (in UTF-16 units), some characters go and others come.
// Splice.java says the same for the server; the two must agree.

export const end = s => s.at + s.remove;

const growth = s => s.insert.length - s.remove;

export function apply(text, s) {
  return text.slice(0, s.at) + s.insert + text.slice(end(s));
}

/** The one edit that makes `now` of `before`, or null; it never cuts a character of two units in half. */
export function between(before, now) {
  if (before === now) {
    return null;
  }
  const shorter = Math.min(before.length, now.length);
  let head = 0;
  while (head < shorter && before[head] === now[head]) {
    head++;
  }
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) {
    tail++;
  }
  if (head > 0 && isFirstHalf(before, head - 1)) {
    head--;
  }
  if (tail > 0 && isSecondHalf(before, before.length - tail)) {
    tail--;
  }
  return { at: head, remove: before.length - tail - head, insert: now.slice(head, now.length - tail) };
}

/** Both edits as one, where `next` touches what `first` put in or the place it left; else null. */
export function joined([first, ...elsewhere], next) {
  const firstEnd = first.at + first.insert.length;
  if (elsewhere.length > 0 || next.at > firstEnd || end(next) < first.at) {
    return null;
  }
  return {
    at: Math.min(first.at, next.at),
    remove: first.remove + Math.max(0, first.at - next.at) + Math.max(0, end(next) - firstEnd),
    insert: first.insert.slice(0, Math.max(0, next.at - first.at)) + next.insert
      + first.insert.slice(Math.max(0, end(next) - first.at)),
  };
}

/**
 * The edits of `ours` on a text in which those of `earlier` have already happened; at the same place they come after.
 *
 * Both are lists of edits to one text that do not overlap, in the order of their places: what an edit becomes
 * when somebody typed into the middle of what it removes.
 */
export const after = (ours, earlier) => past(ours, earlier, (s, other) => s.at < other.at);

/** As `after`, but at the same place they stay in front: for edits that the server ordered before ours. */
export const before = (theirs, ours) => past(theirs, ours, (s, other) => s.at <= other.at);

function past(splices, others, staysInFront) {
  return others.reduceRight((moved, other) => moved.flatMap(s => step(s, other, staysInFront(s, other))), splices);
}

function step(s, other, staysInFront) {
  if (staysInFront && other.at < end(s)) {
    return around(s, other);
  }
  const behind = other.at + other.insert.length;
  const start = staysInFront ? s.at : Math.max(behind, s.at + growth(other));
  if (s.remove === 0) {
    return [{ at: start, remove: 0, insert: s.insert }];
  }
  const stop = end(s) <= other.at ? end(s) : Math.max(behind, end(s) + growth(other));
  return [{ at: start, remove: Math.max(0, stop - start), insert: s.insert }];
}

/** The other fell into what this removes: what it put in stays, behind what this puts in. */
function around(s, other) {
  const front = { at: s.at, remove: other.at - s.at, insert: s.insert };
  const behind = { at: other.at + other.insert.length, remove: Math.max(0, end(s) - end(other)), insert: "" };
  return behind.remove > 0 ? [front, behind] : [front];
}

const isFirstHalf = (text, i) => (text.charCodeAt(i) & 0xfc00) === 0xd800;
const isSecondHalf = (text, i) => (text.charCodeAt(i) & 0xfc00) === 0xdc00;
