package io.slipway.driver.start;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every page of Spark's own web servers (driver, master, worker), which ask nobody who he is: every user of the machine
 * can reach their ports. Lets through who brings the secret of this launch: the server, for people who may see the cluster, and the
 * driver, which reads logs of its workers. Spark makes it by its name, and gives it what stands in the settings under that name.
 */
public final class PageGuard implements Filter {
    static final String SECRET = "spark." + PageGuard.class.getName() + ".param.secret";

    private byte[] expected = {};

    /** The settings of a driver, master or worker; other filters of {@code users} come after this one. */
    public static Map<String, String> conf(@Nullable String secret, @Nullable String users) {
        if (secret == null || secret.isEmpty()) {
            throw new DriverFailure("INVALID_ARGUMENT", "pageSecret is missing");
        }
        String own = PageGuard.class.getName();
        return Map.of("spark.ui.filters", users == null || users.isEmpty() ? own : own + "," + users, SECRET, secret);
    }

    /** What a request must have as its {@code Authorization}. */
    public static String authorization(String secret) {
        return "Bearer " + secret;
    }

    @Override
    public void init(FilterConfig config) {
        expected = bytes(authorization(Objects.requireNonNull(config.getInitParameter("secret"))));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String given = ((HttpServletRequest) request).getHeader("Authorization");
        if (given != null && MessageDigest.isEqual(expected, bytes(given))) {
            chain.doFilter(request, response);
        } else {
            ((HttpServletResponse) response)
                    .sendError(HttpServletResponse.SC_FORBIDDEN, "The platform shows this page to people it knows.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
