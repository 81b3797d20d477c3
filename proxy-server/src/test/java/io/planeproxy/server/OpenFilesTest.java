package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How many connections a limit on open files allows. */
final class OpenFilesTest {
    @Test
    void halfOfWhatIsLeftOfTheSoftLimitIsForClients() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             7823                 7823                 processes
                Max open files            1024                 524288               files
                """;
        assertEquals(OptionalInt.of(462), OpenFiles.connections(limits));
    }

    @Test
    void aTinyLimitStillLetsOneIn() {
        assertEquals(OptionalInt.of(1), OpenFiles.connections("Max open files            64     64     files\n"));
    }

    @Test
    void whatIsNotSaidOrUnlimitedIsNoLimit() {
        assertEquals(OptionalInt.empty(), OpenFiles.connections(""));
        assertEquals(OptionalInt.empty(), OpenFiles.connections("Max open files   unlimited   unlimited   files\n"));
    }
}
