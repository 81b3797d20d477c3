package io.planeproxy.server.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HtmlTest {
    @Test
    void textsAndAttributesCanNotBecomeMarkup() {
        String hostile = "<b a=\"1\" b='2'>&";
        assertEquals(
                "<p title=\"&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;</p>\n",
                new Html().text("p", hostile, "title", hostile).toString());
    }
}
