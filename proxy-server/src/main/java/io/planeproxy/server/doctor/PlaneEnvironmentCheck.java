package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Way.Security;
import io.planeproxy.server.settings.BodyLimit;
import io.planeproxy.server.settings.ByteSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether Plane's own variables contradict what this proxy does. */
final class PlaneEnvironmentCheck implements Check {
    /** What a form with a file in it adds to the file. */
    private static final long ENVELOPE = 2048;

    private static final String WEB_URL = "WEB_URL";

    @Override
    public String name() {
        return "plane-environment";
    }

    @Override
    public List<Result> look(Patient patient) {
        if (patient.planeEnvironment().isEmpty()) {
            return List.of(
                    Result.skipped("", "not asked for; name the file with Plane's variables: --plane-env plane.env"));
        }
        PlaneEnvironment plane = patient.planeEnvironment().get();
        List<Result> results = new ArrayList<>();
        Optional<PublicAddress> web = plane.value(WEB_URL).flatMap(PublicAddress::parse);
        webUrl(plane, web, patient).ifPresent(results::add);
        web.flatMap(address -> origins(plane, address)).ifPresent(results::add);
        fileSize(plane, patient).ifPresent(results::add);
        storageScheme(plane, web, patient).ifPresent(results::add);
        storageRoute(plane, patient).ifPresent(results::add);
        return results.isEmpty()
                ? List.of(Result.ok(plane.file().toString(), "nothing in it contradicts this proxy"))
                : results;
    }

    private static Optional<Result> webUrl(PlaneEnvironment plane, Optional<PublicAddress> web, Patient patient) {
        if (plane.value(WEB_URL).isEmpty()) {
            return Optional.of(Result.warning(
                    WEB_URL, "it is not set: links in mails and logins go wrong", "WEB_URL=https://plane.example"));
        }
        if (web.isEmpty()) {
            return Optional.of(Result.failed(
                    WEB_URL,
                    "\"" + plane.value(WEB_URL).orElse("") + "\"; expected an address of http or https",
                    "WEB_URL=https://plane.example"));
        }
        Optional<PublicAddress> asked = patient.order().address();
        if (asked.isPresent() && !asked.equals(web)) {
            return Optional.of(Result.failed(
                    WEB_URL,
                    "it says " + web.get() + ", and browsers come to " + asked.get(),
                    "WEB_URL=" + asked.get() + ", and start Plane again"));
        }
        boolean isTlsHere = !patient.secureListeners().isEmpty();
        boolean isBehindAnother = !patient.settings().trustedProxies().isEmpty();
        if (web.get().security() == Security.TLS && !isTlsHere && !isBehindAnother) {
            return Optional.of(Result.failed(
                    WEB_URL,
                    "it says " + web.get()
                            + ", and this proxy serves http alone and trusts no proxy in front: Plane is told"
                            + " X-Forwarded-Proto: http, and logins and uploads fail",
                    "add a listener with tls, or name the proxy in front in trusted-proxies"));
        }
        if (web.get().security() == Security.PLAIN && isTlsHere) {
            return Optional.of(Result.failed(
                    WEB_URL,
                    "it says " + web.get() + ", and this proxy serves https",
                    "WEB_URL=https://" + web.get().host() + ", and start Plane again"));
        }
        return Optional.of(Result.ok(WEB_URL, web.get().toString()));
    }

    private static Optional<Result> origins(PlaneEnvironment plane, PublicAddress web) {
        String name = "CORS_ALLOWED_ORIGINS";
        return plane.value(name).map(value -> {
            boolean isListed = Arrays.stream(value.split(","))
                    .map(String::strip)
                    .anyMatch(origin -> PublicAddress.parse(origin).equals(Optional.of(web)));
            return isListed
                    ? Result.ok(name, "lists " + web)
                    : Result.failed(
                            name,
                            "it lists " + value + " and not " + web + ": browsers may not use the API from there",
                            name + "=" + web + ", and start Plane again");
        });
    }

    private static Optional<Result> fileSize(PlaneEnvironment plane, Patient patient) {
        String name = "FILE_SIZE_LIMIT";
        Optional<Long> limit =
                plane.value(name).filter(text -> text.matches("\\d{1,15}")).map(Long::parseLong);
        BodyLimit ours = patient.route("/" + bucket(plane)).maxBody();
        return limit.map(bytes -> switch (ours) {
            case BodyLimit.Unlimited() -> Result.ok(name, bytes + " bytes, and this proxy has no limit");
            case BodyLimit.Limited(ByteSize size) ->
                bytes + ENVELOPE > size.bytes()
                        ? Result.failed(
                                name,
                                "Plane takes files of " + bytes + " bytes, and this proxy no bodies above " + size
                                        + ": uploads between get 413",
                                "max-body = " + (bytes / (1 << 20) + 1) + "M")
                        : Result.ok(name, bytes + " bytes, which pass this proxy's limit of " + size);
        });
    }

    private static Optional<Result> storageScheme(
            PlaneEnvironment plane, Optional<PublicAddress> web, Patient patient) {
        String name = "MINIO_ENDPOINT_SSL";
        boolean usesStorage = !plane.value("USE_MINIO").equals(Optional.of("0"));
        Optional<PublicAddress> address = patient.order().address().or(() -> web);
        return plane.value(name)
                .filter(value -> usesStorage)
                .flatMap(value -> address.map(found -> {
                    boolean saysHttps = value.equals("1");
                    boolean isHttps = found.security() == Security.TLS;
                    return saysHttps == isHttps
                            ? Result.ok(name, value + ", as " + found)
                            : Result.failed(
                                    name,
                                    "it is " + value + ", so uploads are signed for " + (saysHttps ? "https" : "http")
                                            + ", and browsers come to " + found,
                                    name + "=" + (isHttps ? "1" : "0") + ", and start Plane again");
                }));
    }

    private static Optional<Result> storageRoute(PlaneEnvironment plane, Patient patient) {
        String name = "USE_MINIO";
        String path = "/" + bucket(plane);
        boolean isInPlaceOfPlanesProxy = patient.settings().routes().size() > 1;
        boolean hasRoute = !patient.route(path).equals(patient.settings().defaultRoute());
        return plane.value(name).filter(value -> isInPlaceOfPlanesProxy).map(value -> {
            if (value.equals("1") && !hasRoute) {
                return Result.failed(
                        name,
                        "Plane keeps files in MinIO below " + path + ", and no route leads there",
                        "add to routes: { path = \"" + path + "\", upstream = \"http://plane-minio:9000\" }");
            }
            return value.equals("0") && hasRoute
                    ? Result.warning(
                            name,
                            "Plane keeps its files elsewhere, and a route for " + path + " is there all the same",
                            "remove it, unless old files still lie in MinIO")
                    : Result.ok(name, value + ", as the routes have it");
        });
    }

    private static String bucket(PlaneEnvironment plane) {
        return plane.value("BUCKET_NAME")
                .or(() -> plane.value("AWS_S3_BUCKET_NAME"))
                .orElse("uploads");
    }
}
