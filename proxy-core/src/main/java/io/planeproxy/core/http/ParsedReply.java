package io.planeproxy.core.http;

/** What the bytes of a reply head turn out to be. */
public sealed interface ParsedReply permits ReplyHead, Malformed {}
