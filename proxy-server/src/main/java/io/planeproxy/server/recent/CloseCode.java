package io.planeproxy.server.recent;

/** What the codes of close frames say (RFC 6455 §7.4.1), and what Plane's editor makes of them. */
final class CloseCode {
    private CloseCode() {}

    /** In plain words; empty for a code that says nothing here. */
    static String meaning(int code) {
        return switch (code) {
            case 1000 -> "closed in order";
            case 1001 -> "the page was left, or the server goes away; an open page connects again";
            case 1005 -> "closed without saying why";
            case 1009 ->
                "a message was larger than the one who closed it allows; the page does not connect again by itself";
            case 1011 -> "the server met a fault of its own";
            case 1012 -> "a restart; the page connects again";
            case 4205 -> "Plane's live server restarts or lets go of this page; the page connects again";
            case 4401 -> "no login came within 30 s, or it was refused; the page does not connect again by itself";
            case 4403 -> "the user may not open this page";
            case 4408 -> "the browser did not answer a ping; the page connects again";
            default -> "";
        };
    }
}
