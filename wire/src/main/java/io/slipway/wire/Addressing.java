package io.slipway.wire;

import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which workspace a request is for: the one that its host name, a header or its query names. Where none is named, whatever lets the
 * caller in decides: a token is of one workspace. Headers and query as clients of Databricks send them.
 */
public final class Addressing {
    /** The host below the domain at which the account is asked, as {@code accounts.cloud.databricks.com}. */
    public static final String ACCOUNTS = "accounts";

    private static final List<String> HEADERS = List.of("x-databricks-workspace-id", "x-databricks-org-id");

    /** The query parameter that addresses of the real service's pages have. */
    static final String QUERY = "o";

    private final String domain;
    private final Function<String, Optional<WorkspaceId>> workspaces;

    /**
     * @param domain below which each workspace has a host, {@code localhost} for instance
     * @param workspaces finds one by the first label of its host name
     */
    public Addressing(String domain, Function<String, Optional<WorkspaceId>> workspaces) {
        this.domain = domain.toLowerCase(Locale.ROOT);
        this.workspaces = workspaces;
    }

    /** @throws PlatformException NOT_FOUND if no workspace has this host, INVALID_PARAMETER_VALUE if two are named */
    public Optional<WorkspaceId> workspace(Request request) {
        Map<String, WorkspaceId> named = new LinkedHashMap<>();
        label(request)
                .filter(label -> !label.equals(ACCOUNTS))
                .ifPresent(label -> named.put(
                        "its host",
                        workspaces
                                .apply(label)
                                .orElseThrow(() -> PlatformException.notFound(
                                        "There is no workspace at " + label + "." + domain + "."))));
        HEADERS.forEach(header ->
                request.header(header).ifPresent(value -> named.put("the header " + header, number(header, value))));
        request.query(QUERY).ifPresent(value -> named.put("the parameter " + QUERY, number(QUERY, value)));
        Set<WorkspaceId> all = new LinkedHashSet<>(named.values());
        if (all.size() > 1) {
            throw PlatformException.invalid(
                    "The request names more than one workspace, by " + String.join(" and ", named.keySet()) + ".");
        }
        return all.stream().findFirst();
    }

    /** Whether it is asked at the host of the account. */
    public boolean account(Request request) {
        return label(request).filter(ACCOUNTS::equals).isPresent();
    }

    /** Where a workspace is found, as {@code https://team.example.com:8585}, given a scheme and a port. */
    public String url(Request request, String label) {
        String authority = Optional.ofNullable(request.headers().authority()).orElse("");
        int colon = authority.lastIndexOf(':');
        String port = colon > authority.lastIndexOf(']') ? authority.substring(colon) : "";
        return (request.tls() ? "https://" : "http://") + label + "." + domain + port;
    }

    /** The one label of a host's name in front of the domain. */
    private Optional<String> label(Request request) {
        String authority = Optional.ofNullable(request.headers().authority()).orElse("");
        String host = authority.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return host.endsWith("." + domain)
                ? Optional.of(host.substring(0, host.length() - domain.length() - 1))
                : Optional.empty();
    }

    private static WorkspaceId number(String where, String value) {
        String plain = value.strip();
        if (!plain.matches("[0-9]{1,18}")) {
            throw PlatformException.invalid(where + " must be the number of a workspace.");
        }
        return new WorkspaceId(Long.parseLong(plain));
    }
}
