package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.Mime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts DriverMain as the agent would and talks to it as the server would. */
final class DriverHarness implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final String SECRET = "5ec4e7".repeat(8);
    static final String PAGE_SECRET = "9a6e5".repeat(8);
    private static final String TOKEN = "the-driver-token";
    private static final String ADDRESS = "127.0.0.1";

    private final Path scratch;
    private final RuntimeLayout runtime;
    private final Process process;
    private final List<Process> workers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, ArrayNode> outputs = new HashMap<>();
    private final Map<String, JsonNode> states = new HashMap<>();
    private final Map<String, JsonNode> arguments = new HashMap<>();
    private String cursor = "";
    private int commands;

    DriverHarness(Path scratch, Consumer<ObjectNode> change) throws IOException {
        this.scratch = scratch;
        runtime = new RuntimeLayout(scratch);
        ObjectNode config = Json.object()
                .put("clusterId", "c-1")
                .put("clusterName", "test")
                .put("address", ADDRESS)
                .put("token", TOKEN)
                .put("sparkSecret", SECRET)
                .put("pageSecret", PAGE_SECRET)
                .put("serverUrl", "http://127.0.0.1:1")
                .put("mode", "local")
                .put("cores", 2)
                .put("memoryMb", 2048)
                .put("python", "python3")
                .put("dbfsRoot", scratch.resolve("dbfs").toString())
                .put("sparkHome", runtime.sparkHome().toString());
        // Without code for whole stages CatalogTest takes 160 s instead of 172. The tests of conformance run with it,
        // as
        // users do.
        config.putObject("sparkConf")
                .put("spark.sql.codegen.wholeStage", "false")
                .put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        change.accept(config);
        process = start("driver", "io.slipway.driver.DriverMain", config, "-Xmx2g");
    }

    void startWorker(String address, int masterPort) throws IOException {
        startWorker(address, masterPort, SECRET);
    }

    /** The worker's log. */
    Path startWorker(String address, int masterPort, String secret) throws IOException {
        String name = "worker-" + (workers.size() + 1);
        ObjectNode config = Json.object()
                .put("address", address)
                .put("masterUrl", "spark://" + ADDRESS + ":" + masterPort)
                .put("sparkSecret", secret)
                .put("pageSecret", PAGE_SECRET)
                .put("cores", 1)
                .put("memoryMb", 1024)
                .put("workDir", scratch.resolve(name).resolve("work").toString());
        workers.add(start(name, "io.slipway.driver.WorkerMain", config, "-Xmx256m"));
        return scratch.resolve(name).resolve("log");
    }

    /** Spark's own worker, as anybody on the machine could start it; its log. */
    Path startStranger(int masterPort) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("stranger"));
        List<String> argv = java("-Xmx256m");
        argv.addAll(List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                ADDRESS,
                "--work-dir",
                directory.toString(),
                "spark://" + ADDRESS + ":" + masterPort));
        workers.add(start(argv, directory, ADDRESS));
        return directory.resolve("log");
    }

    private Process start(String name, String main, ObjectNode config, String memory) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(name));
        Path file = directory.resolve("start.json");
        Files.write(file, Json.bytes(config));
        List<String> argv = java(memory);
        argv.addAll(List.of(main, file.toString()));
        return start(argv, directory, config.path("address").asText());
    }

    private List<String> java(String memory) throws IOException {
        var argv = new ArrayList<String>(List.of(
                runtime.java().toString(),
                memory,
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote"));
        for (String name1 : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.nio",
                "java.util",
                "java.util.concurrent",
                "java.util.concurrent.atomic",
                "jdk.internal.ref",
                "sun.nio.ch",
                "sun.nio.cs",
                "sun.util.calendar")) {
            argv.add("--add-opens=java.base/" + name1 + "=ALL-UNNAMED");
        }
        argv.addAll(List.of("-Dio.netty.tryReflectionSetAccessible=true", "-Dio.netty.allocator.type=pooled"));
        // As the server starts a driver.
        argv.addAll(List.of(
                "-XX:+UseG1GC",
                "-XX:G1PeriodicGCInterval=30000",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30"));
        argv.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        argv.add("-cp");
        argv.add(runtime.classPath().stream().map(Path::toString).collect(Collectors.joining(":")));
        return argv;
    }

    private Process start(List<String> argv, Path directory, String address) throws IOException {
        var builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "PYTHONPATH", runtime.site().toString(),
                        "SPARK_HOME", runtime.sparkHome().toString(),
                        "SPARK_SCALA_VERSION", "2.13",
                        "SPARK_LOCAL_IP", address,
                        "JAVA_HOME", runtime.workerJavaHome(scratch).toString()));
        return builder.start();
    }

    DriverHarness awaitReady() {
        await().atMost(PATIENCE).until(() -> Files.exists(scratch.resolve("driver/ready.json")) || !process.isAlive());
        assertThat(scratch.resolve("driver/ready.json"))
                .withFailMessage(() -> "the driver did not start: " + log())
                .exists();
        return this;
    }

    private String log() {
        try {
            return Files.readString(scratch.resolve("driver/log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    JsonNode failure() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        return Json.parse(Files.readAllBytes(scratch.resolve("driver/failure.json")));
    }

    /** Of the driver's process, as Linux counts it. */
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    Process process() {
        return process;
    }

    void context(String id, Consumer<ObjectNode> change) {
        ObjectNode body = (ObjectNode) Json.tree(new ContextSpec(
                "sql",
                "u",
                "user-token",
                "",
                "default",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                "",
                "",
                ContextSpec.RunInfo.NONE));
        change.accept(body);
        arguments.put(id, body.path("arguments"));
        call("PUT", "contexts/" + id, body);
        await().atMost(PATIENCE)
                .until(() -> !"pending"
                        .equals(call("GET", "contexts/" + id, null)
                                .path("state")
                                .asText()));
    }

    String submit(String context, String language, String code) {
        return submit(
                context,
                Json.object().put("kind", "code").put("language", language).put("code", code));
    }

    String submit(String context, ObjectNode spec) {
        String id = "k" + ++commands;
        ObjectNode body = Json.object().put("token", "user-token");
        body.set("spec", spec);
        body.set("widgets", arguments.get(context));
        body.putArray("catalogs");
        call("PUT", "contexts/" + context + "/commands/" + id, body);
        return id;
    }

    Result run(String context, String language, String code) {
        return result(context, submit(context, language, code));
    }

    Result result(String context, String command) {
        await().atMost(PATIENCE).until(() -> List.of("finished", "cancelled").contains(state(context, command)));
        JsonNode end = states.getOrDefault(context + "/" + command, Json.object());
        return new Result(end.path("state").asText(), end.path("outcome").asText(), output(context, command));
    }

    /** Waits until a command asks, then types a text. */
    void type(String context, String command, String prompt, String text) {
        awaitQuestion(context, command, prompt);
        call(
                "POST",
                "contexts/" + context + "/commands/" + command + "/answer",
                Json.object().put("text", text));
    }

    void awaitQuestion(String context, String command, String prompt) {
        await().atMost(PATIENCE).until(() -> {
            follow(500);
            return output(context, command)
                    .toString()
                    .contains("\"prompt\":" + Json.object().textNode(prompt));
        });
    }

    /** Where a command is, after a look at what is new; blank before that is heard. */
    String state(String context, String command) {
        follow(500);
        return states.getOrDefault(context + "/" + command, Json.object())
                .path("state")
                .asText();
    }

    /** What has been heard of a command's output. */
    ArrayNode output(String context, String command) {
        return outputs.computeIfAbsent(
                context + "/" + command, key -> Json.mapper().createArrayNode());
    }

    /** Acknowledges what was heard before, and hears what is new. */
    JsonNode follow(long waitMillis) {
        JsonNode news = call("GET", "news?since=" + cursor + "&waitMillis=" + waitMillis, null);
        cursor = news.path("next").asText();
        news.path("outputs")
                .forEach(each -> output(
                                each.path("context").asText(),
                                each.path("command").asText())
                        .add(each.path("frame")));
        news.path("commands")
                .forEach(each -> states.put(
                        each.path("context").asText() + "/"
                                + each.path("command").asText(),
                        each));
        return news;
    }

    /** Where the driver serves Spark's own pages. */
    String sparkPages() throws IOException {
        JsonNode ready = Json.parse(Files.readAllBytes(scratch.resolve("driver/ready.json")));
        return "http://" + ADDRESS + ":" + ready.path("sparkUiPort").asInt();
    }

    /** A page of Spark's own, as the server gets it. */
    String sparkPage(String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = sparkPage(address, "Bearer " + PAGE_SECRET);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.body();
    }

    HttpResponse<String> sparkPage(String address, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode call(String method, String path, @org.jspecify.annotations.Nullable JsonNode body) {
        try {
            return Json.parse(answer(method, path, body).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<byte[]> answer(String method, String path, @org.jspecify.annotations.Nullable JsonNode body)
            throws IOException {
        JsonNode ready = Json.parse(Files.readAllBytes(scratch.resolve("driver/ready.json")));
        var request = HttpRequest.newBuilder(URI.create(
                        "http://" + ADDRESS + ":" + ready.path("port").asInt() + "/v1/" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        workers.forEach(Process::destroy);
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            for (Process worker : workers) {
                worker.waitFor(60, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a command left behind. */
    record Result(String state, String outcome, ArrayNode frames) {
        String text() {
            var text = new StringBuilder();
            frames.forEach(frame -> text.append(frame.path("text").asText())
                    .append(frame.path("data").path("text/plain").asText()));
            return text.toString();
        }

        JsonNode rows() {
            return table().path("data");
        }

        JsonNode table() {
            for (JsonNode frame : frames) {
                JsonNode table = frame.path("data").path(Mime.TABLE);
                if (!table.isMissingNode()) {
                    return table;
                }
            }
            throw new AssertionError("no table in " + frames);
        }

        JsonNode error() {
            for (JsonNode frame : frames) {
                if ("error".equals(frame.path("type").asText())) {
                    return frame;
                }
            }
            throw new AssertionError("no error in " + frames);
        }
    }
}
