package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.doctor.Doctor;
import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Machine;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.doctor.Outcome;
import io.planeproxy.server.doctor.PublicAddress;
import io.planeproxy.server.doctor.Result;
import io.planeproxy.server.settings.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the doctor finds, with the certificates and the machine as they are. */
public final class Examination {
    private final List<Finding> findings;

    private Examination(List<Finding> findings) {
        this.findings = findings;
    }

    public static Examination of(Order order) {
        return of(order, new Machine(Path.of("/"), Map.of()));
    }

    public static Examination of(Order order, Machine machine) {
        List<Finding> findings = new ArrayList<>();
        try {
            new Doctor(machine, Certificates::lookAt, InstantSource.system()).examine(order, findings::add);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the doctor looked", e);
        }
        return new Examination(findings);
    }

    /** Of this text alone, with these checks. */
    public static Order order(String hocon, String... only) {
        Order whole = Order.of(Sources.ofText("test.conf", hocon));
        return new Order(
                whole.sources(),
                whole.address(),
                whole.planeEnvironment(),
                whole.idle(),
                Set.of(only),
                whole.user(),
                whole.admin());
    }

    /** The same, where browsers come to this address. */
    public static Order at(String url, Order order) {
        return new Order(
                order.sources(),
                PublicAddress.parse(url),
                order.planeEnvironment(),
                order.idle(),
                order.only(),
                order.user(),
                order.admin());
    }

    /** The same, with a socket that is to stay open in silence. */
    public static Order idle(Duration idle, Order order) {
        return new Order(
                order.sources(),
                order.address(),
                order.planeEnvironment(),
                idle,
                order.only(),
                order.user(),
                order.admin());
    }

    public void isWell(String check, String subject) {
        Result result = one(check, subject);
        assertInstanceOf(Outcome.Ok.class, result.outcome(), this::toString);
    }

    /** @param words of what was seen */
    public void says(String check, String subject, String... words) {
        Outcome.Ok well = assertInstanceOf(Outcome.Ok.class, one(check, subject).outcome(), this::toString);
        has(well.seen(), words);
    }

    public void isSkipped(String check, String subject) {
        assertInstanceOf(Outcome.Skipped.class, one(check, subject).outcome(), this::toString);
    }

    /** @param words of what was seen and of the fix, together with the evidence */
    public void fails(String check, String subject, String... words) {
        Result result = one(check, subject);
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, result.outcome(), this::toString);
        has(failed.seen() + " / " + failed.fix() + " / " + result.evidence(), words);
    }

    public void warns(String check, String subject, String... words) {
        Result result = one(check, subject);
        Outcome.Warning warning = assertInstanceOf(Outcome.Warning.class, result.outcome(), this::toString);
        has(warning.seen() + " / " + warning.fix() + " / " + result.evidence(), words);
    }

    private void has(String text, String... words) {
        for (String word : words) {
            assertTrue(text.contains(word), () -> "no \"" + word + "\" in: " + text + "\n" + this);
        }
    }

    private Result one(String check, String subject) {
        List<Result> found = findings.stream()
                .filter(finding -> finding.check().equals(check))
                .map(Finding::result)
                .filter(result -> result.subject().equals(subject))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " findings of " + check + " about \"" + subject + "\"; expected one\n" + this);
        }
        return found.getFirst();
    }

    @Override
    public String toString() {
        return String.join("\n", findings.stream().map(Finding::toString).toList());
    }
}
