package io.planeproxy.server.nginx;

/** What nginx's configuration is made of. Each has the line that it begins on, counted from 1. */
sealed interface Token {
    int line();

    /** A name or an argument, without its quotes and with its escapes undone. */
    record Word(String text, int line) implements Token {}

    /** The semicolon behind a directive. */
    record Semicolon(int line) implements Token {}

    /** The brace that begins a block. */
    record Open(int line) implements Token {}

    /** The brace that ends a block. */
    record Close(int line) implements Token {}

    /** The end of the file. */
    record End(int line) implements Token {}
}
