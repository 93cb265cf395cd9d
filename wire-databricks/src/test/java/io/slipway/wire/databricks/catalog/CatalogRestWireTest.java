package io.slipway.wire.databricks.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.catalog.CatalogArea;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.testing.People;
import io.slipway.protocol.driver.CatalogRestContract;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The real catalog keeps what its drivers rely on. */
@NullUnmarked
class CatalogRestWireTest extends CatalogRestContract {
    private static WireServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            CatalogArea catalog = new CatalogArea(
                    parts.base(),
                    new IdentityArea(parts.base(), new byte[32]),
                    folder.resolve("managed").toUri(),
                    folder.resolve("dbfs"));
            catalog.catalogs().bootstrap();
            new CatalogRoutes(catalog.catalogs(), catalog.schemas()).add(parts.api());
            new TableRoutes(catalog.catalogs(), catalog.tables()).add(parts.api());
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected String url() {
        return server.url();
    }

    @Override
    protected String token() {
        return server.token();
    }

    @Override
    protected String userName() {
        return "admin@example.com";
    }

    @Override
    protected String strangersToken() {
        return server.tokenOf(People.ANN);
    }

    @Override
    protected Map<?, ?> read(String json) {
        try {
            return WireJson.mapper().readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
