package io.slipway.wire;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The engine on a free port, with whatever routes a test adds. */
final class EngineServer implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Server server;

    EngineServer(Consumer<Routes> lines) {
        this(new Engine(Ids.system(Clock.system())), lines);
    }

    EngineServer(Engine engine, Consumer<Routes> lines) {
        this(engine, lines, builder -> {});
    }

    EngineServer(Engine engine, Consumer<Routes> lines, Consumer<ServerBuilder> settings) {
        Routes routes = new Routes();
        lines.accept(routes);
        ServerBuilder builder = Server.builder().http(0);
        settings.accept(builder);
        engine.install(builder, routes);
        server = builder.build();
        server.start().join();
    }

    int port() {
        return server.activeLocalPort();
    }

    HttpClient http() {
        return http;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = to(path).method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<Void> stop() {
        return server.stop();
    }

    @Override
    public void close() {
        stop().join();
    }
}
