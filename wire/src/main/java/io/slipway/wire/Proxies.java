package io.slipway.wire;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.NetUtil;
import io.slipway.kit.Cidr;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out from where each request comes. Anybody can write {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code Forwarded}
 * (RFC 7239); so they are read from the end, and only as far as the one who wrote the next entry is a proxy that is trusted. Tells
 * browsers that came by TLS to come by nothing else (RFC 6797).
 */
public final class Proxies {
    private static final String KEEP_TO_TLS = "max-age=31536000";
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^]]*)]|([^:]*))(?::[0-9]{1,5})?");

    private final List<Cidr> trusted;

    public Proxies(List<Cidr> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** What a proxy says of one who has asked it: the address, and whether it was asked by TLS. */
    private record Hop(String address, Optional<String> protocol) {}

    /** Stands before everything that the server has. */
    public void install(ServerBuilder server) {
        server.decorator(this::serve);
    }

    private HttpResponse serve(HttpService behind, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Arrival arrival;
        try {
            arrival = arrival(request.headers(), Arrival.ofConnection(context));
        } catch (PlatformException twoAddresses) {
            return PlainDialect.PLAIN.error(twoAddresses).response();
        }
        arrival.keep(context);
        if (arrival.tls()) {
            context.setAdditionalResponseHeader(HttpHeaderNames.STRICT_TRANSPORT_SECURITY, KEEP_TO_TLS);
        }
        return behind.serve(context, request);
    }

    Arrival arrival(RequestHeaders headers, Arrival connection) {
        if (!trusts(connection.address())) {
            return connection;
        }
        List<Hop> usual = usual(headers);
        List<Hop> standard = standard(headers);
        if (usual.isEmpty()) {
            return followed(standard, connection);
        }
        Arrival first = followed(usual, connection);
        // A proxy writes one of the two and passes on what its client has written into the other.
        if (!standard.isEmpty() && !followed(standard, connection).address().equals(first.address())) {
            throw new PlatformException(
                    ErrorCode.MALFORMED_REQUEST, "Forwarded and X-Forwarded-For name different addresses.");
        }
        return first;
    }

    private Arrival followed(List<Hop> hops, Arrival connection) {
        Arrival at = connection;
        for (int i = hops.size() - 1; i >= 0 && trusts(at.address()); i--) {
            Hop hop = hops.get(i);
            boolean tls = hop.protocol().map("https"::equalsIgnoreCase).orElse(at.tls());
            Optional<InetAddress> before = address(hop.address());
            if (before.isEmpty()) {
                return new Arrival(at.address(), tls);
            }
            at = new Arrival(before.get(), tls);
        }
        return at;
    }

    private boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** No name is ever looked up. */
    private static Optional<InetAddress> address(String text) {
        Optional<InetAddress> plain = Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
        if (plain.isPresent()) {
            return plain;
        }
        Matcher parts = WITH_PORT.matcher(text);
        return parts.matches()
                ? Stream.of(1, 2)
                        .map(group -> Optional.ofNullable(parts.group(group)))
                        .flatMap(Optional::stream)
                        .map(literal -> Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(literal)))
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    private static List<Hop> usual(RequestHeaders headers) {
        List<String> addresses = entries(headers, "x-forwarded-for");
        List<String> protocols = entries(headers, "x-forwarded-proto");
        if (addresses.isEmpty() && !protocols.isEmpty()) {
            return List.of(new Hop("", last(protocols)));
        }
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            hops.add(new Hop(
                    addresses.get(i),
                    protocols.size() == addresses.size() ? Optional.of(protocols.get(i)) : last(protocols)));
        }
        return hops;
    }

    private static Optional<String> last(List<String> entries) {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** {@code for="[2001:db8::1]:4711";proto=https, for=192.0.2.1}. */
    private static List<Hop> standard(RequestHeaders headers) {
        return entries(headers, "forwarded").stream()
                .map(entry -> new Hop(parameter(entry, "for").orElse(""), parameter(entry, "proto")))
                .toList();
    }

    private static Optional<String> parameter(String entry, String name) {
        return Stream.of(entry.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1).replace("\"", ""))
                .findFirst();
    }

    private static List<String> entries(RequestHeaders headers, String name) {
        return headers.getAll(name).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
