package io.planeproxy.server.settings;

/** How the text of a value is read. */
@FunctionalInterface
interface Form<T> {
    T parse(String text) throws Unreadable;
}
