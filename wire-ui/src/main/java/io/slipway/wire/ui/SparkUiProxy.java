package io.slipway.wire.ui;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.SparkUi;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Shows the Spark UI of a cluster through the server, for looking only. The pages are sandboxed: to the browser they are of another
 * origin than the web application, although the address is the same.
 */
public final class SparkUiProxy {
    private static final String ROOT = "/driver-proxy";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SANDBOX = "sandbox allow-scripts allow-popups allow-forms allow-downloads";

    /** Spark's scripts remember what is folded; a sandboxed page has no storage, and asking for it stops the script. */
    private static final String STORAGE = """
            <head><script>
            ["localStorage", "sessionStorage"].forEach(function (name) {
              var kept = {};
              Object.defineProperty(window, name, { value: {
                getItem: function (key) { return Object.hasOwn(kept, key) ? kept[key] : null; },
                setItem: function (key, value) { kept[key] = String(value); },
                removeItem: function (key) { delete kept[key]; },
                clear: function () { kept = {}; }
              } });
            });
            </script>
            """;

    private final SparkUi sparkUi;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public SparkUiProxy(SparkUi sparkUi) {
        this.sparkUi = sparkUi;
    }

    static String path(String clusterId, String ticket) {
        return ROOT + "/" + clusterId + "/" + ticket + "/";
    }

    public void add(UiApi ui) {
        // The ticket is the credential: sandboxed pages send no cookie.
        ui.family(ROOT + "/{cluster}/{ticket}")
                .open(HttpMethod.GET, "", this::get)
                .open(HttpMethod.GET, "/:*rest", this::get);
    }

    private Object get(Request request) throws IOException, InterruptedException {
        String cluster = request.path("cluster");
        String ticket = request.path("ticket");
        SparkUi.Target target = sparkUi.target(cluster, ticket);
        String own = path(cluster, ticket);
        String rawPath = request.http().path();
        String below = rawPath.startsWith(own) ? rawPath.substring(own.length()) : "";
        DriverEndpoint.requireUnheard(target.address().getHost());
        HttpRequest forwarded = HttpRequest.newBuilder(target.address().resolve("/" + below))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + target.secret())
                .header("X-Forwarded-Context", own.substring(0, own.length() - 1))
                .GET()
                .build();
        try {
            return answer(http.send(forwarded, HttpResponse.BodyHandlers.ofByteArray()), target.address(), own);
        } catch (IOException e) {
            throw new PlatformException(ErrorCode.UNAVAILABLE, "The Spark UI of cluster " + cluster + " is away.", e);
        }
    }

    private static com.linecorp.armeria.common.HttpResponse answer(
            HttpResponse<byte[]> theirs, URI target, String own) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.valueOf(theirs.statusCode()))
                .add(HttpHeaderNames.CONTENT_SECURITY_POLICY, SANDBOX)
                .add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .add("referrer-policy", "no-referrer");
        theirs.headers().firstValue("content-type").ifPresent(type -> headers.contentType(MediaType.parse(type)));
        theirs.headers()
                .firstValue("location")
                .flatMap(location -> moved(location, target, own))
                .ifPresent(location -> headers.add(HttpHeaderNames.LOCATION, location));
        boolean page = theirs.headers().firstValue("content-type").orElse("").startsWith("text/html");
        return com.linecorp.armeria.common.HttpResponse.of(
                headers.build(), page ? withStorage(theirs.body()) : HttpData.wrap(theirs.body()));
    }

    /** Spark redirects to its own address, with or without the prefix that it was told. */
    private static Optional<String> moved(String location, URI target, String own) {
        URI there = target.resolve(location);
        if (!target.getAuthority().equals(there.getAuthority())) {
            return Optional.empty();
        }
        String path = there.getRawPath();
        String query = there.getRawQuery() == null ? "" : "?" + there.getRawQuery();
        return Optional.of((path.startsWith(own) ? path : own + path.substring(1)) + query);
    }

    private static HttpData withStorage(byte[] page) {
        String html = new String(page, StandardCharsets.UTF_8);
        return HttpData.ofUtf8(html.replaceFirst("<head>", Matcher.quoteReplacement(STORAGE)));
    }
}
