package io.planeproxy.server.doctor;

import io.planeproxy.server.doctor.ListeningSockets.Holder;
import io.planeproxy.server.settings.ListenAddress;
import io.planeproxy.server.settings.ListenerSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether each port is this proxy's, free, or somebody else's. */
final class PortsCheck implements Check {
    @Override
    public String name() {
        return "ports";
    }

    @Override
    public List<Result> look(Patient patient) {
        return patient.settings().listeners().stream()
                .map(listener -> of(listener, patient))
                .toList();
    }

    private static Result of(ListenerSettings listener, Patient patient) {
        ListenAddress address = listener.address().value();
        if (address.port().isAnyFree()) {
            return Result.skipped(address.toString(), "it takes any free port");
        }
        Optional<List<Holder>> all =
                new ListeningSockets(patient.machine()).on(address.port().number());
        if (all.isEmpty()) {
            return Result.skipped(address.toString(), "this system does not tell who listens on a port");
        }
        List<Holder> holders = all.get().stream()
                .filter(holder -> collides(address, holder.address()))
                .toList();
        if (holders.isEmpty()) {
            return Result.ok(address.toString(), "free: nobody listens there now");
        }
        String who = holders.stream().map(Holder::described).distinct().collect(Collectors.joining(", "));
        boolean isOurs = holders.stream().allMatch(holder -> holder.program().equals("plane-proxy"))
                || PlaneProxy.answersAt(listener);
        return isOurs
                ? Result.ok(address.toString(), "plane-proxy listens: " + who)
                : Result.failed(
                        address.toString(),
                        "held by " + who,
                        "end it, or choose another port; the whole list: ss -ltnp 'sport = :" + address.port() + "'");
    }

    private static boolean collides(ListenAddress wanted, InetAddress held) {
        return switch (wanted.host()) {
            case ListenAddress.Host.All() -> true;
            case ListenAddress.Host.One(InetAddress one) ->
                one.isAnyLocalAddress() || held.isAnyLocalAddress() || one.equals(held);
        };
    }
}
