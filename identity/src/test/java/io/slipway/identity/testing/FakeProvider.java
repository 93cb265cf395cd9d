package io.slipway.identity.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;

/** A provider of OpenID Connect on this machine: it signs what a test wants, and keeps to the protocol unless a test says otherwise. */
@NullUnmarked
@SuppressWarnings("JavaUtilDate")
public final class FakeProvider implements AutoCloseable {
    public static final String CLIENT = "slipway";
    public static final String SECRET = "s3cr:t &+";

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final HttpServer server;
    private final LongSupplier millis;
    private final Map<String, Granted> codes = new ConcurrentHashMap<>();
    private final Map<String, String> userInfo = new ConcurrentHashMap<>();
    private final Map<String, Fixed> fixed = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> reads = new ConcurrentHashMap<>();
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private RSAKey key;

    private record Granted(Map<String, String> asked, JWTClaimsSet claims) {}

    private record Fixed(int status, String body) {}

    /** @param millis the time of its tokens */
    public FakeProvider(LongSupplier millis) {
        this.millis = millis;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rotate();
        document.put("issuer", issuer())
                .put("jwks_uri", issuer() + "/jwks")
                .put("authorization_endpoint", issuer() + "/authorize?tenant=1")
                .put("token_endpoint", issuer() + "/token")
                .put("userinfo_endpoint", issuer() + "/me");
        server.createContext("/", this::serve);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    /** What it tells of itself; a test changes it. */
    public ObjectNode document() {
        return document;
    }

    public RSAKey key() {
        return key;
    }

    /** From now on it signs with another key. */
    public void rotate() {
        try {
            key = new RSAKeyGenerator(2048)
                    .keyIDFromThumbprint(true)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on this is what is answered at a path below the issuer. */
    public void answers(String path, int status, String body) {
        fixed.put(path, new Fixed(status, body));
    }

    public void answersAsUsual(String path) {
        fixed.remove(path);
    }

    /** How often a path was asked. */
    public int reads(String path) {
        return reads.getOrDefault(path, new AtomicInteger()).get();
    }

    /** What {@code /me} says to the holder of any access token of this subject. */
    public void tells(String subject, String json) {
        userInfo.put(subject, json);
    }

    public JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(CLIENT)
                .issueTime(new Date(millis.getAsLong()))
                .expirationTime(new Date(millis.getAsLong() + 300_000));
    }

    /** A token that it has signed. */
    public String token(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Somebody signs in at the address to which their browser was sent.
     *
     * @param change of what the provider says of them; the nonce is there already
     * @return the code
     */
    public String signIn(String location, String subject, UnaryOperator<JWTClaimsSet.Builder> change) {
        Map<String, String> asked = query(location);
        String code = "code-" + codes.size();
        codes.put(
                code,
                new Granted(
                        asked,
                        change.apply(claims(subject).claim("nonce", asked.get("nonce")))
                                .build()));
        return code;
    }

    public static Map<String, String> query(String location) {
        return form(URI.create(location).getRawQuery());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> all = new HashMap<>();
        for (String pair : List.of(text.split("&", -1))) {
            int equals = pair.indexOf('=');
            all.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return all;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/realm", "");
        reads.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
        Fixed answer = fixed.getOrDefault(path, usual(path, exchange));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.status() / 100 == 3) {
            exchange.getResponseHeaders().add("location", answer.body());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Fixed usual(String path, HttpExchange exchange) throws IOException {
        return switch (path) {
            case DISCOVERY -> new Fixed(200, document.toString());
            case "/jwks" -> new Fixed(200, new JWKSet(key.toPublicJWK()).toString());
            case "/token" -> redeemed(exchange);
            case "/me" -> {
                String shown = exchange.getRequestHeaders().getFirst("authorization");
                String told = userInfo.get(shown.replace("Bearer access-", ""));
                yield told == null ? new Fixed(401, "{}") : new Fixed(200, told);
            }
            default -> new Fixed(404, "{}");
        };
    }

    private Fixed redeemed(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String header = exchange.getRequestHeaders().getFirst("authorization");
        boolean known = header == null
                ? CLIENT.equals(form.get("client_id"))
                        && form.getOrDefault("client_secret", SECRET).equals(SECRET)
                : header.equals("Basic c2xpcHdheTpzM2NyJTNBdCslMjYlMkI=");
        if (!known) {
            return new Fixed(401, "{\"error\":\"invalid_client\"}");
        }
        Granted granted = codes.remove(form.getOrDefault("code", ""));
        boolean good = granted != null
                && granted.asked().get("redirect_uri").equals(form.get("redirect_uri"))
                && granted.asked().get("code_challenge").equals(challenge(form.get("code_verifier")));
        if (!good) {
            return new Fixed(400, "{\"error\":\"invalid_grant\",\"error_description\":\"<b>never shown</b>\"}");
        }
        return new Fixed(
                200,
                Json.write(Map.of(
                        "id_token",
                        token(granted.claims()),
                        "access_token",
                        "access-" + granted.claims().getSubject(),
                        "token_type",
                        "Bearer")));
    }

    private static String challenge(String verifier) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
