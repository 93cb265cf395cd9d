package io.slipway.driver.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.CatalogRestContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class CatalogStandInTest extends CatalogRestContract {
    private static CatalogStandIn catalog;

    @BeforeAll
    static void start(@TempDir Path warehouse) throws IOException {
        catalog = new CatalogStandIn(warehouse);
    }

    @AfterAll
    static void stop() {
        catalog.close();
    }

    @Override
    protected String url() {
        return catalog.url();
    }

    @Override
    protected String token() {
        return CatalogStandIn.TOKEN;
    }

    @Override
    protected String userName() {
        return CatalogStandIn.USER;
    }

    @Override
    protected String strangersToken() {
        return CatalogStandIn.STRANGERS_TOKEN;
    }

    @Override
    protected Map<?, ?> read(String json) {
        try {
            return Json.mapper().readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
