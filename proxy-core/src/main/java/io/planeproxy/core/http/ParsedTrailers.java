package io.planeproxy.core.http;

/** What the bytes behind the last chunk turn out to be. */
public sealed interface ParsedTrailers permits TrailerFields, Malformed {}
