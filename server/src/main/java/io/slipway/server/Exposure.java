package io.slipway.server;

import io.slipway.kit.Cidr;
import io.slipway.server.tls.MachineNames;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * To whom the server is offered, and how.
 *
 * @param host the address that is listened on; beyond loopback by TLS only
 * @param port of people and their programs; 0 = any free one
 * @param plainPort port 80 of 127.0.0.1 for clients that cannot name a port; 0 = off
 * @param localPort with TLS: of plain HTTP on 127.0.0.1, for processes of this machine; 0 = any free one
 * @param tls empty: plain HTTP
 * @param address that people are told, if somebody has set one
 * @param trustedProxies whose word is taken for who has asked them
 * @param rateLimit requests a second of each principal; 0 = as many as they like
 */
public record Exposure(
        String host,
        int port,
        int plainPort,
        int localPort,
        Optional<Tls> tls,
        Optional<String> address,
        List<Cidr> trustedProxies,
        int rateLimit) {
    public static final String LOOPBACK = "127.0.0.1";
    static final int DEFAULT_PORT = 8585;
    static final int DEFAULT_LOCAL_PORT = 8586;
    static final int DEFAULT_RATE_LIMIT = 500;
    private static final List<String> EVERYWHERE = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
    private static final int USUAL_TLS_PORT = 443;

    public Exposure {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * How TLS is spoken.
     *
     * @param given empty: with a certificate of the platform's own authority
     */
    public record Tls(Optional<Files> given) {}

    /** A certificate and its key, in PEM. */
    public record Files(Path certificate, Path key) {}

    /** Plain HTTP to this machine only. */
    public static Exposure local(int port, int plainPort) {
        return new Exposure(
                LOOPBACK,
                port,
                plainPort,
                DEFAULT_LOCAL_PORT,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                DEFAULT_RATE_LIMIT);
    }

    Exposure withPorts(int chosen, int chosenLocal) {
        return new Exposure(host, chosen, plainPort, chosenLocal, tls, address, trustedProxies, rateLimit);
    }

    /** Whether other machines can reach an address. */
    public static boolean beyondLoopback(String host) {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** Whether other machines reach the server. */
    public boolean beyondLoopback() {
        return beyondLoopback(host);
    }

    /** Where processes of this machine reach the server, without TLS. */
    public String localUrl() {
        return tls.isPresent() ? "http://" + LOOPBACK + ":" + localPort : "http://" + authority(host, port);
    }

    /** Where people and their programs reach the server. */
    public String url() {
        return address.orElseGet(() -> tls.isEmpty()
                ? localUrl()
                : "https://" + (port == USUAL_TLS_PORT ? bracketed(reachable()) : authority(reachable(), port)));
    }

    /** Names by which clients may ask, besides those of the machine. */
    List<String> names() {
        return Stream.of(reachable(), host)
                .filter(name -> !EVERYWHERE.contains(name))
                .distinct()
                .toList();
    }

    private String reachable() {
        Optional<String> named = address.map(url -> URI.create(url).getHost());
        if (named.isPresent()) {
            return named.get();
        }
        return EVERYWHERE.contains(host) ? MachineNames.hostName() : host;
    }

    private static String authority(String host, int port) {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
