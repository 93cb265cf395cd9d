package io.slipway.server;

import io.slipway.kit.Cidr;
import io.slipway.kit.ConfigReader;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings that say to whom the server is offered. */
final class ExposureSettings {
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_RATE = 1_000_000;

    static final List<ConfigReader.Key> KEYS = List.of(
            new ConfigReader.Key(
                    "host",
                    Exposure.LOOPBACK,
                    "The address to listen on; 0.0.0.0: all of this machine's. Beyond loopback only with TLS.",
                    false),
            new ConfigReader.Key(
                    "port", String.valueOf(Exposure.DEFAULT_PORT), "The platform's port; 0 takes any free one.", false),
            new ConfigReader.Key(
                    "plainPort",
                    "80",
                    "80: listen on port 80 of 127.0.0.1 as well, where that is allowed and free, for clients that"
                            + " cannot name a port; 0: do not.",
                    false),
            new ConfigReader.Key(
                    "tls",
                    "off",
                    "on: speak TLS, with a certificate of the platform's own authority unless another is given.",
                    false),
            new ConfigReader.Key(
                    "tls.certificate",
                    "",
                    "A file with the server's certificate and those of its signers, in PEM; it is read again when it"
                            + " changes. With it TLS is on.",
                    false),
            new ConfigReader.Key("tls.key", "", "The file with its key, in PEM, without a password.", false),
            new ConfigReader.Key(
                    "local.port",
                    String.valueOf(Exposure.DEFAULT_LOCAL_PORT),
                    "With TLS: the port of 127.0.0.1 on which processes of this machine speak plain HTTP; 0 takes any"
                            + " free one.",
                    false),
            new ConfigReader.Key(
                    "url",
                    "",
                    "The address that people are told, as https://slipway.example.com; empty: made of the machine's name and"
                            + " the port.",
                    false),
            new ConfigReader.Key(
                    "trusted.proxies",
                    "",
                    "Addresses or CIDR blocks, with commas between, of proxies whose X-Forwarded-For, X-Forwarded-Proto"
                            + " and Forwarded are believed.",
                    false),
            new ConfigReader.Key(
                    "rate.limit",
                    String.valueOf(Exposure.DEFAULT_RATE_LIMIT),
                    "Requests a second of each principal, and of the strangers at each address; five seconds of them may come"
                            + " at once. 0: as many as they like.",
                    false));

    private ExposureSettings() {}

    static Exposure read(ConfigReader.Values values) {
        int plainPort = values.integer("plainPort", 0, 80);
        if (plainPort != 0 && plainPort != 80) {
            throw PlatformException.invalid("plainPort must be 80 or 0, not " + plainPort + ".");
        }
        Exposure exposure = new Exposure(
                host(values.text("host")),
                values.integer("port", 0, HIGHEST_PORT),
                plainPort,
                values.integer("local.port", 0, HIGHEST_PORT),
                tls(values),
                address(values.text("url")),
                proxies(values.text("trusted.proxies")),
                values.integer("rate.limit", 0, HIGHEST_RATE));
        if (exposure.beyondLoopback() && exposure.tls().isEmpty()) {
            throw PlatformException.invalid("host " + exposure.host()
                    + " is reached from other machines, and plain HTTP is never offered to them. Add --tls, or"
                    + " give tls.certificate and tls.key, or leave host at 127.0.0.1.");
        }
        if (exposure.tls().isPresent() && exposure.port() != 0 && exposure.port() == exposure.localPort()) {
            throw PlatformException.invalid("port and local.port must differ, and both are " + exposure.port() + ".");
        }
        return exposure;
    }

    /** What {@link #read} makes this exposure of. */
    static Map<String, String> flags(Exposure exposure) {
        Optional<Exposure.Files> files = exposure.tls().flatMap(Exposure.Tls::given);
        return Map.ofEntries(
                Map.entry("host", exposure.host()),
                Map.entry("port", String.valueOf(exposure.port())),
                Map.entry("plainPort", String.valueOf(exposure.plainPort())),
                Map.entry("tls", exposure.tls().isPresent() ? "on" : "off"),
                Map.entry(
                        "tls.certificate",
                        files.map(Exposure.Files::certificate)
                                .map(Path::toString)
                                .orElse("")),
                Map.entry(
                        "tls.key",
                        files.map(Exposure.Files::key).map(Path::toString).orElse("")),
                Map.entry("local.port", String.valueOf(exposure.localPort())),
                Map.entry("url", exposure.address().orElse("")),
                Map.entry(
                        "trusted.proxies",
                        exposure.trustedProxies().stream().map(Cidr::toString).collect(Collectors.joining(","))),
                Map.entry("rate.limit", String.valueOf(exposure.rateLimit())));
    }

    private static String host(String text) {
        try {
            if (!text.isEmpty()) {
                InetAddress unused = InetAddress.getByName(text);
                return text;
            }
        } catch (UnknownHostException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "host must be an address or a name of this machine, not '" + text + "'.",
                    e);
        }
        throw PlatformException.invalid("host must not be empty.");
    }

    private static Optional<Exposure.Tls> tls(ConfigReader.Values values) {
        String certificate = values.text("tls.certificate");
        String key = values.text("tls.key");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw PlatformException.invalid("tls.certificate and tls.key must be given together.");
        }
        boolean on = switch (values.text("tls")) {
            case "on" -> true;
            case "off" -> false;
            default -> throw PlatformException.invalid("tls must be on or off, not '" + values.text("tls") + "'.");
        };
        if (!certificate.isEmpty()) {
            return Optional.of(new Exposure.Tls(Optional.of(new Exposure.Files(path(certificate), path(key)))));
        }
        return on ? Optional.of(new Exposure.Tls(Optional.empty())) : Optional.empty();
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static Optional<String> address(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean good = Stream.of("http", "https").anyMatch(scheme -> scheme.equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null;
            if (good) {
                return Optional.of(uri.toString());
            }
        } catch (IllegalArgumentException noAddress) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "url is no address: " + noAddress.getMessage() + ".", noAddress);
        }
        throw PlatformException.invalid(
                "url must be like https://slipway.example.com, without a path, not '" + text + "'.");
    }

    private static List<Cidr> proxies(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .map(Cidr::of)
                        .toList();
    }
}
