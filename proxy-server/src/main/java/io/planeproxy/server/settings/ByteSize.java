package io.planeproxy.server.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes, written as nginx writes it: {@code k}, {@code m} and {@code g} in either case are powers of 1024, {@code b} or
 * a plain number is bytes. HOCON's {@code KiB}, {@code MiB} and {@code GiB} mean the same; its decimal {@code MB} is refused, because
 * half of the readers would take it for the other.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {
    private static final long KIBI = 1024;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", KIBI),
            Map.entry("ki", KIBI),
            Map.entry("kib", KIBI),
            Map.entry("m", KIBI * KIBI),
            Map.entry("mi", KIBI * KIBI),
            Map.entry("mib", KIBI * KIBI),
            Map.entry("g", KIBI * KIBI * KIBI),
            Map.entry("gi", KIBI * KIBI * KIBI),
            Map.entry("gib", KIBI * KIBI * KIBI));

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException(bytes + " bytes; expected 0 or more");
        }
    }

    static ByteSize parse(String text) throws Unreadable {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new Unreadable("a size", "write for example 64K, 10M, 1G, or a number of bytes");
        }
        String unit = written.group(2).toLowerCase(Locale.ROOT);
        if (unit.equals("kb") || unit.equals("mb") || unit.equals("gb")) {
            String letter = unit.substring(0, 1).toUpperCase(Locale.ROOT);
            throw new Unreadable(
                    "a size that has only one meaning",
                    "write " + written.group(1) + letter + ", counted in powers of 1024");
        }
        Long factor = UNITS.get(unit);
        if (factor == null) {
            throw new Unreadable(
                    "a size with the unit K, M or G", "write for example 64K, 10M, 1G, or a number of bytes");
        }
        return new ByteSize(Long.parseLong(written.group(1)) * factor);
    }

    /** Whether a size is a number and nothing else. */
    static boolean isWithoutUnit(String text) {
        return text.strip().chars().allMatch(Character::isDigit);
    }

    /** A form that also refuses what lies outside of the range, ends included. */
    static Form<ByteSize> between(ByteSize least, ByteSize most) {
        return text -> {
            ByteSize size = parse(text);
            if (size.bytes < least.bytes || size.bytes > most.bytes) {
                throw new Unreadable("a size from " + least + " to " + most, "write for example 16K");
            }
            return size;
        };
    }

    /** As it would be written, always with a unit: {@code 10M}, {@code 1536B}. */
    @Override
    public String toString() {
        long left = bytes;
        String[] units = {"B", "K", "M", "G"};
        int unit = 0;
        while (left > 0 && left % KIBI == 0 && unit < units.length - 1) {
            left /= KIBI;
            unit++;
        }
        return left + units[unit];
    }
}
