package io.slipway.wire.ui.notebook;

import com.linecorp.armeria.common.ContentDisposition;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.slipway.kit.PlatformException;
import io.slipway.platform.notebook.FullResults;
import io.slipway.platform.notebook.Notebooks;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Routes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Files with all rows of a result of which a cell shows the first. */
public final class ResultRoutes {
    private static final Map<String, MediaType> FORMATS =
            Map.of("csv", MediaType.CSV_UTF_8, "json", MediaType.JSON_UTF_8);

    private final Notebooks notebooks;
    private final FullResults results;

    public ResultRoutes(Notebooks notebooks, FullResults results) {
        this.notebooks = notebooks;
        this.results = results;
    }

    public void add(Routes routes) {
        routes.family(Dialect.STANDARD, "/ui-api/notebooks/{id}/results/{result}")
                .get("", this::show)
                .get("/{format}", this::download);
    }

    record Name(Optional<String> name) {}

    private long notebook(Call call) {
        return notebooks.open(call.caller(), call.path("id")).id();
    }

    private Object show(Call call) {
        results.require(call.caller(), notebook(call), call.path("result"));
        return Map.of("formats", FORMATS.keySet());
    }

    private Object download(Call call) {
        String format = call.path("format");
        if (!FORMATS.containsKey(format)) {
            throw PlatformException.invalid("A result can be had as csv or json.");
        }
        String name = call.query(Name.class).name().orElse("result." + format);
        // Nobody knows how long a query takes, or a reader.
        call.context().clearRequestTimeout();
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(FORMATS.get(format))
                        .contentDisposition(ContentDisposition.builder("attachment")
                                .filename(name, StandardCharsets.UTF_8)
                                .build())
                        .build(),
                StreamMessage.of(results.read(call.caller(), notebook(call), call.path("result"), format)));
    }
}
