package io.slipway.driver.standin;

import io.slipway.driver.start.DriverConfig;
import io.slipway.protocol.driver.ContextSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contexts of the local Spark, as a server would ask for them. */
public final class TestScope {
    private TestScope() {}

    /** @param python what is run in Python's place */
    public static DriverConfig config(String serverUrl, String python, Path dbfs) {
        return new DriverConfig(
                "c-1",
                "test",
                "127.0.0.1",
                "driver-token",
                "spark-secret",
                "page-secret",
                serverUrl,
                serverUrl,
                DriverConfig.Mode.LOCAL,
                2,
                1024,
                1,
                512,
                0,
                0,
                Map.of(),
                List.of(),
                python,
                dbfs.toString(),
                Optional.empty(),
                "/spark");
    }

    public static ContextSpec spec(String language) {
        return spec(language, List.of());
    }

    public static ContextSpec spec(String language, List<ContextSpec.Library> libraries) {
        return new ContextSpec(
                language,
                "ann@example.com",
                CatalogStandIn.TOKEN,
                "",
                "default",
                List.of(),
                Map.of(),
                Map.of(),
                libraries,
                "",
                "/Users/ann/notebook",
                ContextSpec.RunInfo.NONE);
    }
}
