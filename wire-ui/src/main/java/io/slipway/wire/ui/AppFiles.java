package io.slipway.wire.ui;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Serves the built web application out of its jar: files of {@code /assets/} have their hash in the name and never change; any other
 * address without an extension is a page, and all pages are index.html.
 */
public final class AppFiles implements HttpService {
    private static final String ROOT = "META-INF/webui/";
    private static final String PAGE = "index.html";
    private static final String FOREVER = "public, max-age=31536000, immutable";

    /** The page waits for the script of its theme: asked for anew each time, that would be one more way to the server and back. */
    private static final String A_WHILE = "public, max-age=600, stale-while-revalidate=604800";

    /** No inline script, nothing from elsewhere; inline styles are what grids and charts place their parts with. */
    static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** Shows HTML that users' code put out. */
    private static final String FRAME = "frame.html";

    /**
     * Of the frame for HTML of users. Its scripts run, but in an origin of their own, also if the address is opened by itself: they see no
     * cookie and no page of ours, and reach nothing on the network.
     */
    static final String FRAME_POLICY = framePolicy("");

    /** Of the same frame once its reader has allowed it to load from elsewhere, as charts and maps do that keep their scripts there. */
    static final String OPEN_FRAME_POLICY = framePolicy(" https:");

    private static String framePolicy(String elsewhere) {
        return "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:"
                + elsewhere
                + "; style-src 'unsafe-inline' data: blob:" + elsewhere
                + "; img-src data: blob:" + elsewhere
                + "; font-src data: blob:" + elsewhere
                + "; media-src data: blob:" + elsewhere
                + "; connect-src data: blob:" + elsewhere
                + "; frame-src data: blob:" + elsewhere
                + "; worker-src blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    }

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.HTML_UTF_8,
            "js", MediaType.JAVASCRIPT_UTF_8,
            "css", MediaType.CSS_UTF_8,
            "svg", MediaType.SVG_UTF_8,
            "png", MediaType.PNG,
            "woff2", MediaType.create("font", "woff2"),
            "json", MediaType.JSON_UTF_8,
            "txt", MediaType.PLAIN_TEXT_UTF_8);

    /** Names of all files; nothing else is ever read. */
    private final Set<String> names;

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    public AppFiles() {
        names = new String(bytes("files.txt"), StandardCharsets.UTF_8).lines().collect(Collectors.toUnmodifiableSet());
    }

    /** Answers every address that nothing else answers. */
    public void install(ServerBuilder server) {
        server.route().methods(HttpMethod.GET, HttpMethod.HEAD).pathPrefix("/").build(this);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String path = context.path().substring(1);
        boolean zipped = request.headers().get("accept-encoding", "").contains("gzip");
        if (names.contains(path)) {
            return file(path, policy(path, context.query()), caching(path), zipped);
        }
        return page(path)
                ? file(PAGE, POLICY, "no-cache", zipped)
                : HttpResponse.of(HttpStatus.NOT_FOUND, MediaType.PLAIN_TEXT_UTF_8, "There is no such file.");
    }

    private static String caching(String path) {
        if (path.startsWith("assets/")) {
            return FOREVER;
        }
        return path.endsWith(".html") ? "no-cache" : A_WHILE;
    }

    /** Workspace paths may have any extension; of other addresses only those without one are pages. */
    private static boolean page(String path) {
        return !path.startsWith("assets/")
                && (path.lastIndexOf('.') <= path.lastIndexOf('/')
                        || path.matches("(workspace|notebook|file|explore|storage|access)/.*"));
    }

    private static String policy(String name, @Nullable String query) {
        if (!name.equals(FRAME)) {
            return POLICY;
        }
        return "outside".equals(query) ? OPEN_FRAME_POLICY : FRAME_POLICY;
    }

    private HttpResponse file(String name, String policy, String caching, boolean zipped) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(type(name))
                .add(HttpHeaderNames.CACHE_CONTROL, caching)
                .add(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .add("referrer-policy", "same-origin")
                .add(HttpHeaderNames.VARY, "accept-encoding");
        String stored = zipped && names.contains(name + ".gz") ? name + ".gz" : name;
        if (!stored.equals(name)) {
            headers.add(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(read.computeIfAbsent(stored, AppFiles::bytes)));
    }

    private static MediaType type(String name) {
        return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .orElse(MediaType.OCTET_STREAM);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = AppFiles.class.getClassLoader().getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException("the web application's jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
