package io.slipway.wire.ui.notebook;

import com.linecorp.armeria.common.ContentDisposition;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.slipway.content.notebook.FullResults;
import io.slipway.content.notebook.Notebooks;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.ResultRequest.Filter;
import io.slipway.protocol.driver.ResultRequest.Order;
import io.slipway.wire.Request;
import io.slipway.wire.ui.UiApi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All rows of a result of which a cell shows the first: as files, and the first of them in another order. */
public final class ResultRoutes {
    private static final Map<String, MediaType> FORMATS =
            Map.of("csv", MediaType.CSV_UTF_8, "json", MediaType.JSON_UTF_8);

    private final Notebooks notebooks;
    private final FullResults results;
    private final Consumer<Caller> downloads;

    /** @param downloads refuses a caller who may not take results out of the workspace */
    public ResultRoutes(Notebooks notebooks, FullResults results, Consumer<Caller> downloads) {
        this.downloads = downloads;
        this.notebooks = notebooks;
        this.results = results;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api/notebooks/{id}/results/{result}")
                .get("", this::show)
                .get("/{format}", this::download)
                .post("/rows", this::first);
    }

    record Name(Optional<String> name) {}

    private long notebook(Request request) {
        return notebooks.open(request.caller(), request.path("id")).id();
    }

    private Object show(Request request) {
        results.require(request.caller(), notebook(request), request.path("result"));
        return Map.of("formats", FORMATS.keySet());
    }

    record Wanted(List<Filter> filters, List<Order> order) {}

    /** Nobody waits for it longer than for a download: a query takes as long as it takes. */
    private Object first(Request request) {
        Wanted wanted = request.body(Wanted.class);
        request.context().clearRequestTimeout();
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.JSON_UTF_8)
                        .build(),
                StreamMessage.of(results.first(
                        request.caller(),
                        notebook(request),
                        request.path("result"),
                        wanted.filters(),
                        wanted.order())));
    }

    private Object download(Request request) {
        downloads.accept(request.caller());
        String format = request.path("format");
        if (!FORMATS.containsKey(format)) {
            throw PlatformException.invalid("A result can be had as csv or json.");
        }
        String name = request.query(Name.class)
                .name()
                .filter(asked -> !asked.isBlank())
                .orElse("result." + format);
        // Nobody knows how long a query takes, or a reader.
        request.context().clearRequestTimeout();
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(FORMATS.get(format))
                        .contentDisposition(ContentDisposition.builder("attachment")
                                .filename(name, StandardCharsets.UTF_8)
                                .build())
                        .build(),
                StreamMessage.of(results.read(request.caller(), notebook(request), request.path("result"), format)));
    }
}
