package io.planeproxy.server.settings;

import java.util.List;

/**
 * Which client addresses are served: nobody who is denied, and where anybody is listed as allowed, only those.
 *
 * @param allow empty means everybody
 */
public record Access(List<Cidr> allow, List<Cidr> deny) {
    static final Access EVERYBODY = new Access(List.of(), List.of());

    private static final String KEY = "access";
    private static final String EXPECTED = "a list such as [\"10.0.0.0/8\"]";

    public Access {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** What a section says, or the other where it says nothing. */
    static Field<Access> read(Section section, Field<Access> otherwise) {
        section.asked(KEY);
        if (!section.given(KEY)) {
            return otherwise;
        }
        Section access = section.section(KEY);
        Field<List<Cidr>> allow = ranges(access, "allow");
        Field<List<Cidr>> deny = ranges(access, "deny");
        return access.whole(() -> new Access(allow.value(), deny.value()));
    }

    private static Field<List<Cidr>> ranges(Section access, String key) {
        access.asked(key);
        return access.given(key) ? access.values(key, Cidr::parse, EXPECTED) : new Field.Found<>(List.of());
    }
}
