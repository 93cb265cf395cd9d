package io.slipway.wire.audit;

import java.util.Set;

/**
 * What machines say to each other all the time, and pages ask by themselves: it is left out of the audit log as long as it is answered
 * well. What is refused is written down, whatever it is.
 */
public final class Chatter {
    private static final Set<String> ROUTES = Set.of(
            // Agents of nodes: what runs there, and what shall.
            "POST /agent/v1/report",
            "POST /agent/v1/sync",
            // Streams of events and figures that pages follow.
            "GET /ui-api/events",
            "GET /ui-api/clusters/{id}/metrics",
            "GET /ui-api/audit/newer",
            "GET /ui-api/account/audit/newer",
            // Pieces of the pages of Spark; who may see them was asked when the ticket was made.
            "GET /driver-proxy/{cluster}/{ticket}",
            "GET /driver-proxy/{cluster}/{ticket}/:*rest",
            // What anybody may read, whoever they are.
            "GET /.well-known/databricks-config",
            "GET /ui-api/provider",
            "GET /oidc/.well-known/oauth-authorization-server",
            "GET /oidc/.well-known/openid-configuration",
            "GET /oidc/jwks.json",
            "GET /oidc/accounts/{account}/.well-known/oauth-authorization-server",
            "GET /oidc/accounts/{account}/.well-known/openid-configuration",
            "GET /oidc/accounts/{account}/jwks.json");

    private Chatter() {}

    public static boolean is(String route) {
        return ROUTES.contains(route);
    }

    /** All of it. */
    public static Set<String> routes() {
        return ROUTES;
    }
}
