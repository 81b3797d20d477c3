package io.planeproxy.server.pages;

import java.util.function.Consumer;

/** Markup in the making. Every text and every value of an attribute is escaped here, so none can be forgotten. */
final class Html {
    private final StringBuilder markup = new StringBuilder(16 * 1024);

    /** An element with others in it. @param attributes names, each with its value behind it */
    Html in(String element, Consumer<Html> content, String... attributes) {
        open(element, attributes);
        content.accept(this);
        return close(element);
    }

    /** An element with a text in it. @param attributes names, each with its value behind it */
    Html text(String element, String text, String... attributes) {
        open(element, attributes);
        return text(text).close(element);
    }

    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                default -> markup.append(c);
            }
        }
        return this;
    }

    /** An element that has no end. @param attributes names, each with its value behind it */
    Html open(String element, String... attributes) {
        markup.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            markup.append(' ').append(attributes[i]).append("=\"");
            text(attributes[i + 1]);
            markup.append('"');
        }
        markup.append('>');
        return this;
    }

    private Html close(String element) {
        markup.append("</").append(element).append(">\n");
        return this;
    }

    /** Markup of the program's own. */
    Html own(String text) {
        markup.append(text);
        return this;
    }

    @Override
    public String toString() {
        return markup.toString();
    }
}
