package io.planeproxy.core.http;

/** What the bytes of a request head turn out to be. */
public sealed interface ParsedRequest permits RequestHead, Malformed {}
