package io.planeproxy.server.systemd;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The descriptors that systemd opened for this process: sd_listen_fds(3). The first is 3, and the others follow it.
 *
 * @param complaints for the operator, where the variables are not as they should be
 */
record HandedDescriptors(List<Descriptor> descriptors, List<String> complaints) {
    private static final int FIRST = 3;

    /** More than anybody has listeners, and few enough to look at each. */
    private static final int MOST = 1000;

    /**
     * @param number of the open file
     * @param name what systemd calls it: the unit of the socket, or its {@code FileDescriptorName}
     */
    record Descriptor(int number, String name) {}

    HandedDescriptors {
        descriptors = List.copyOf(descriptors);
        complaints = List.copyOf(complaints);
    }

    static HandedDescriptors of(Map<String, String> environment, long ownPid) {
        String count = environment.getOrDefault("LISTEN_FDS", "");
        String pid = environment.getOrDefault("LISTEN_PID", "");
        if (count.isEmpty()) {
            return none();
        }
        if (!pid.equals(Long.toString(ownPid))) {
            return complaint(
                    "LISTEN_PID=\"" + pid + "\" and LISTEN_FDS=\"" + count + "\", and this process is " + ownPid
                            + "; expected the sockets to be for this one; they are left alone; let a script that starts the program"
                            + " do so with exec");
        }
        if (!count.matches("\\d{1,4}") || Integer.parseInt(count) > MOST) {
            return complaint("LISTEN_FDS=\"" + count
                    + "\"; expected the number of sockets that were handed over, at most " + MOST + "; none is used");
        }
        return new HandedDescriptors(
                named(Integer.parseInt(count), environment.getOrDefault("LISTEN_FDNAMES", "")), List.of());
    }

    private static List<Descriptor> named(int count, String names) {
        List<String> given = names.isEmpty() ? List.of() : List.of(names.split(":", -1));
        return IntStream.range(0, count)
                .mapToObj(index -> new Descriptor(FIRST + index, index < given.size() ? given.get(index) : "unnamed"))
                .toList();
    }

    private static HandedDescriptors none() {
        return new HandedDescriptors(List.of(), List.of());
    }

    private static HandedDescriptors complaint(String sentence) {
        return new HandedDescriptors(List.of(), List.of(sentence));
    }
}
