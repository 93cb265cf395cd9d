package io.slipway.wire.ui;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Credentials;
import io.slipway.wire.Dialect;
import io.slipway.wire.Family;
import io.slipway.wire.PlainDialect;
import io.slipway.wire.Reply;
import io.slipway.wire.Routes;

/** The families of the web application's own calls. */
public record UiApi(Routes routes, Credentials credentials) {
    /** New lines of the table, under this prefix. */
    public Routes.Lines family(String prefix) {
        return routes.family(new Family(PlainDialect.PLAIN, credentials, prefix));
    }

    /** As {@link #family}, but what is missing is told as the Clusters API tells it: pages ask both about one cluster. */
    Routes.Lines missingIsInvalid(String prefix) {
        Dialect dialect = UiApi::missingIsInvalid;
        return routes.family(new Family(dialect, credentials, prefix));
    }

    private static Reply missingIsInvalid(PlatformException error) {
        return PlainDialect.PLAIN.error(
                error.code() == ErrorCode.NOT_FOUND ? PlatformException.invalid(error.message()) : error);
    }

    /** What is asked for below the root of these calls and is no route is refused in their words. */
    public void ground() {
        routes.ground(new Family(PlainDialect.PLAIN, credentials, "/ui-api/"));
    }
}
