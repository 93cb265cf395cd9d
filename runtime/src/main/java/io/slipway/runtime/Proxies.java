package io.slipway.runtime;

import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which proxy leads to an address, as pip decides it: its own setting, which holds for everything, else {@code HTTPS_PROXY} or {@code
 * HTTP_PROXY} by the address's scheme, else {@code ALL_PROXY}, all of them but for the hosts of {@code NO_PROXY}; in lower case, too.
 * Where none of these is set, Java's own settings hold.
 */
final class Proxies {
    private static final Pattern IP_RANGE = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+)/(\\d+)");
    private static final int USUAL_PORT = 80;

    private final Map<String, String> environment;
    private final String pipsOwn;

    /** @param pipsOwn the proxy that pip itself is told of, or nothing */
    Proxies(Map<String, String> environment, String pipsOwn) {
        this.environment = environment;
        this.pipsOwn = pipsOwn;
    }

    HttpURLConnection open(URL address) throws IOException {
        if (!pipsOwn.isEmpty()) {
            return through(pipsOwn, address);
        }
        if (excepted(address)) {
            return (HttpURLConnection) address.openConnection(Proxy.NO_PROXY);
        }
        Optional<String> proxy = variable(address.getProtocol().toUpperCase(Locale.ROOT) + "_PROXY")
                .or(() -> variable("ALL_PROXY"));
        return proxy.isPresent() ? through(proxy.get(), address) : (HttpURLConnection) address.openConnection();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(environment.get(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static HttpURLConnection through(String proxy, URL address) throws IOException {
        URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw PlatformException.invalid("The proxy must be http://host:port, not " + uri.getScheme() + "://….");
        }
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        HttpURLConnection connection = (HttpURLConnection)
                address.openConnection(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port)));
        if (uri.getRawUserInfo() != null) {
            connection.setAuthenticator(new Credentials(uri.getRawUserInfo()));
        }
        return connection;
    }

    /** Told to proxies only. */
    private static final class Credentials extends Authenticator {
        private final String user;
        private final String password;

        Credentials(String userInfo) {
            int colon = userInfo.indexOf(':');
            user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(user, password.toCharArray())
                    : super.getPasswordAuthentication();
        }
    }

    private boolean excepted(URL address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int port = address.getPort() < 0 ? address.getDefaultPort() : address.getPort();
        return variable("NO_PROXY").stream()
                .flatMap(list -> Pattern.compile(",").splitAsStream(list.toLowerCase(Locale.ROOT)))
                .map(String::strip)
                .anyMatch(entry -> entry.equals("*") || covers(entry, host) || covers(entry, host + ":" + port));
    }

    private static boolean covers(String entry, String host) {
        Matcher range = IP_RANGE.matcher(entry);
        if (range.matches()) {
            int bits = Integer.parseInt(range.group(2));
            Optional<Integer> first = ip(range.group(1));
            return bits <= Integer.SIZE
                    && first.isPresent()
                    && ip(host).filter(at -> bits == 0 || (at ^ first.get()) >>> (Integer.SIZE - bits) == 0)
                            .isPresent();
        }
        String domain = entry.startsWith(".") ? entry.substring(1) : entry;
        return !domain.isEmpty() && (host.equals(domain) || (ip(host).isEmpty() && host.endsWith("." + domain)));
    }

    private static Optional<Integer> ip(String host) {
        int value = 0;
        String[] parts = host.split("\\.", -1);
        for (String part : parts) {
            if (parts.length != 4 || !part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = (value << 8) | Integer.parseInt(part);
        }
        return Optional.of(value);
    }
}
