package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.UpstreamUrl;
import java.util.List;
import java.util.Optional;

/** In a container, localhost is the container itself and not the machine around it. */
final class ContainerCheck implements Check {
    @Override
    public String name() {
        return "upstream-in-container";
    }

    @Override
    public List<Result> look(Patient patient) {
        Optional<String> container = patient.machine().container();
        if (container.isEmpty()) {
            return List.of(Result.ok("", "this is no container"));
        }
        String seen = "this is the inside of a container (" + container.get() + ")";
        List<Result> local = UpstreamAddressCheck.upstreams(patient)
                .filter(ContainerCheck::isLocal)
                .map(upstream -> judged(upstream, seen))
                .toList();
        return local.isEmpty() ? List.of(Result.ok("", seen + ", and no upstream is the container itself")) : local;
    }

    /** Containers may share a network with one another, or with the machine: then somebody answers. */
    private static Result judged(UpstreamUrl upstream, String seen) {
        return UpstreamAddressCheck.isReached(upstream)
                ? Result.ok(upstream.toString(), seen + ", and Plane's port is open in its network")
                : Result.failed(
                        upstream.toString(),
                        seen + ", and " + upstream.host() + " is the container itself, where no Plane runs",
                        "name Plane's container in upstream, such as http://proxy:80, or host.docker.internal for the"
                                + " machine");
    }

    private static boolean isLocal(UpstreamUrl upstream) {
        return upstream.host().equalsIgnoreCase("localhost") || upstream.host().matches("127\\.[0-9.]+|::1");
    }
}
