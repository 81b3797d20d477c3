package io.planeproxy.server.probe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply of HTTP/1, as far as it is looked at.
 *
 * @param head the status line and the fields, a line each
 * @param body its beginning
 */
public record Reply(List<String> head, String body) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final String CAUSE = "X-Plane-Proxy-Cause";
    private static final int LONGEST_SHOWN = 120;

    public Reply {
        head = List.copyOf(head);
        if (head.isEmpty() || !STATUS.matcher(head.getFirst()).matches()) {
            throw new IllegalArgumentException(head + "; expected a status line and fields");
        }
    }

    static boolean isStatusLine(String line) {
        return STATUS.matcher(line).matches();
    }

    public int status() {
        Matcher status = STATUS.matcher(statusLine());
        return status.matches() ? Integer.parseInt(status.group(1)) : 0;
    }

    public String statusLine() {
        return head.getFirst();
    }

    /** The head as it may be shown: without the values that are nobody else's business. */
    public List<String> evidence() {
        return head.stream().map(Heads::shown).toList();
    }

    /** The value of the first field of a name. */
    public Optional<String> field(String name) {
        return Heads.field(head, name);
    }

    /** The cause that an answer of a plane-proxy's own has. */
    public Optional<String> cause() {
        return field(CAUSE);
    }

    /** Who gave it, as far as it says. */
    public String author() {
        return cause().map(cause -> "plane-proxy (" + cause + ")")
                .or(() -> field("Server"))
                .or(() -> field("X-Powered-By"))
                .orElse("somebody who does not say their name");
    }

    /** In one line: status, author, and the beginning of the body. */
    public String described() {
        String text = body.strip().replaceAll("\\s+", " ");
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return statusLine() + " from " + author() + (shown.isEmpty() ? "" : ": " + shown);
    }

    /** How many bytes of body follow, where the head says so. */
    Optional<Long> length() {
        return field("Content-Length").filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
