package io.slipway.driver.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageGuardTest {
    private final PageGuard guard = new PageGuard();
    private int passed;
    private int status = 200;

    @BeforeEach
    void knowTheSecret() {
        guard.init(told(FilterConfig.class, "getInitParameter", "s€cret"));
    }

    /** An object of the servlet API that answers one question and ignores all else. */
    private static <T> T told(Class<T> type, String question, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals(question) ? answer : null));
    }

    private void ask(@Nullable String authorization) throws IOException, ServletException {
        var response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sendError")) {
                        status = (int) arguments[0];
                    }
                    return null;
                });
        guard.doFilter(
                told(HttpServletRequest.class, "getHeader", authorization), response, (request, answer) -> passed++);
    }

    @Test
    void who_brings_the_secret_sees_the_page() throws IOException, ServletException {
        ask(PageGuard.authorization("s€cret"));
        assertThat(passed).isEqualTo(1);
        assertThat(status).isEqualTo(200);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "s€cret",
                "Basic s€cret",
                "Bearer s€cre",
                "Bearer s€cret ",
                "bearer s€cret"
            })
    void whoever_does_not_is_refused_and_the_page_is_not_made(@Nullable String authorization)
            throws IOException, ServletException {
        ask(authorization);
        assertThat(passed).isZero();
        assertThat(status).isEqualTo(403);
    }

    @Test
    void a_guard_that_was_told_no_secret_does_not_start() {
        assertThatThrownBy(() -> new PageGuard().init(told(FilterConfig.class, "getInitParameter", null)))
                .isInstanceOf(NullPointerException.class);
        for (String none : new String[] {null, ""}) {
            assertThatThrownBy(() -> PageGuard.conf(none, null))
                    .isInstanceOf(DriverFailure.class)
                    .hasMessage("pageSecret is missing");
            assertThatThrownBy(() -> SparkAuthentication.conf(none))
                    .isInstanceOf(DriverFailure.class)
                    .hasMessage("sparkSecret is missing");
        }
    }

    @Test
    void the_guard_stands_before_the_users_own_filters() {
        Map<String, String> conf = PageGuard.conf("s", "org.example.Mine");
        assertThat(conf.get("spark.ui.filters")).isEqualTo(PageGuard.class.getName() + ",org.example.Mine");
        assertThat(PageGuard.conf("s", "").get("spark.ui.filters")).isEqualTo(PageGuard.class.getName());
        assertThat(conf.get(PageGuard.SECRET)).isEqualTo("s");
    }

    @Test
    void spark_asks_for_the_secret_and_nobody_stops_jobs_from_a_page() {
        assertThat(SparkAuthentication.conf("x"))
                .containsOnly(
                        Map.entry("spark.authenticate", "true"),
                        Map.entry("spark.authenticate.secret", "x"),
                        Map.entry("spark.ui.killEnabled", "false"));
    }
}
