package io.planeproxy.server;

import io.planeproxy.server.settings.ListenAddress;
import io.planeproxy.server.settings.Located;
import java.util.Locale;

/** A listener cannot have its address. Told in one sentence. */
public final class ListenFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Located<ListenAddress> address;
    private final String sentence;

    /** Why the system said no. */
    public enum Reason {
        IN_USE,
        NOT_PERMITTED,
        NOT_OF_THIS_MACHINE,
        NO_FILE_DESCRIPTORS,
        OTHER
    }

    private ListenFailure(Reason reason, Located<ListenAddress> address, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.address = address;
        this.sentence = sentence;
    }

    static ListenFailure at(Located<ListenAddress> address, Throwable cause) {
        Reason reason = reason(cause);
        return new ListenFailure(reason, address, sentence(reason, address, cause), cause);
    }

    /** The same, where it is known what is in the way. */
    ListenFailure because(String seen, String expected, String advice) {
        String why = "cannot listen on " + address.value() + ": " + seen;
        return new ListenFailure(
                reason, address, address.problem(why, expected, advice).text(), this);
    }

    public Reason reason() {
        return reason;
    }

    /** Which of the listeners. */
    Located<ListenAddress> address() {
        return address;
    }

    /** For the operator: what, where, and what to do. */
    public String sentence() {
        return sentence;
    }

    private static Reason reason(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String words = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
            if (words.contains("address already in use")) {
                return Reason.IN_USE;
            }
            if (words.contains("permission denied")) {
                return Reason.NOT_PERMITTED;
            }
            if (words.contains("cannot assign requested address")) {
                return Reason.NOT_OF_THIS_MACHINE;
            }
            if (words.contains("too many open files")) {
                return Reason.NO_FILE_DESCRIPTORS;
            }
        }
        return Reason.OTHER;
    }

    private static String sentence(Reason reason, Located<ListenAddress> address, Throwable cause) {
        String where = address.value().toString();
        int port = address.value().port().number();
        return switch (reason) {
            case IN_USE ->
                address.problem(
                                "cannot listen on " + where + ": the port is in use by another program",
                                "it to be free",
                                "see which with: ss -ltnp 'sport = :" + port
                                        + "'; end that one, or choose another port")
                        .text();
            case NOT_PERMITTED ->
                address.problem(
                                "cannot listen on " + where + ": the user " + System.getProperty("user.name")
                                        + " may not open it",
                                "a port from 1024 on, or the right to open lower ones",
                                "give it with AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd unit, or with:"
                                        + " sysctl net.ipv4.ip_unprivileged_port_start=" + port)
                        .text();
            case NOT_OF_THIS_MACHINE ->
                address.problem(
                                "cannot listen on " + where + ": no network interface has this address now",
                                "an address of this machine",
                                "see which there are with: ip address; or write \"*\" for all of them")
                        .text();
            case NO_FILE_DESCRIPTORS ->
                address.problem(
                                "cannot listen on " + where + ": this process may open no more files",
                                "a limit of some thousands",
                                "raise it with LimitNOFILE=65536 in the systemd unit, or with: ulimit -n 65536")
                        .text();
            case OTHER ->
                address.problem("cannot listen on " + where + ": " + cause.getMessage(), "", "")
                        .text();
        };
    }
}
