package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Carries out the server's requests, each id once, and keeps the answers until the server has them: an answer may get lost with its
 * connection, and a request come twice.
 */
final class Requests {
    private static final int TAIL_LIMIT = 1 << 20;
    private static final int REMEMBERED = 1_000;
    private static final Set<String> SIGNALS = Set.of("TERM", "KILL", "INT", "HUP", "QUIT", "USR1", "USR2", "PWR");

    private final NodePaths paths;
    private final Supervisor supervisor;
    private final Map<String, JsonObject> unheard = new LinkedHashMap<>();
    private final Set<String> done = new LinkedHashSet<>();

    Requests(NodePaths paths, Supervisor supervisor) {
        this.paths = paths;
        this.supervisor = supervisor;
    }

    /** Carries out those that are new. */
    void take(JsonArray requests) {
        for (Object request : requests) {
            if (request instanceof JsonObject json && remember(json.getString("id", ""))) {
                JsonObject answer = answer(json);
                synchronized (this) {
                    unheard.put(json.getString("id", ""), answer);
                }
            }
        }
    }

    private synchronized boolean remember(String id) {
        if (id.isEmpty() || !done.add(id)) {
            return false;
        }
        if (done.size() > REMEMBERED) {
            done.remove(done.iterator().next());
        }
        return true;
    }

    synchronized List<JsonObject> answers() {
        return new ArrayList<>(unheard.values());
    }

    synchronized void acknowledge(List<JsonObject> answers) {
        answers.forEach(answer -> unheard.remove(answer.getString("id", "")));
    }

    synchronized boolean hasAnswers() {
        return !unheard.isEmpty();
    }

    private JsonObject answer(JsonObject request) {
        JsonObject answer = new JsonObject();
        answer.put("id", request.getString("id", ""));
        try {
            String kind = request.getString("kind", "");
            switch (kind) {
                case "tail" -> tail(request, answer);
                case "signal" -> signal(request);
                default -> throw new Refused("INVALID_ARGUMENT", "There is no request of kind " + kind + ".");
            }
        } catch (Refused e) {
            answer.put("error", e.json());
        } catch (IOException e) {
            answer.put("error", new Refused("IO", String.valueOf(e.getMessage())).json());
        }
        return answer;
    }

    private void tail(JsonObject request, JsonObject answer) throws Refused, IOException {
        Path file = paths.resolve(request.getString("path", ""));
        if (!Files.isRegularFile(file)) {
            throw new Refused("NOT_FOUND", "There is no file " + request.getString("path", "") + ".");
        }
        OptionalLong from = request.isNumber("offset")
                ? OptionalLong.of(Math.max(0, request.getLong("offset")))
                : OptionalLong.empty();
        int bytes = Math.max(0, Math.min(TAIL_LIMIT, request.getInt("bytes", TAIL_LIMIT)));
        FileTail tail = FileTail.read(file, from, bytes);
        answer.put("content", tail.base64());
        answer.put("offset", tail.offset());
        answer.put("size", tail.size());
    }

    private void signal(JsonObject request) throws Refused, IOException {
        String signal = request.getString("signal", "");
        if (!SIGNALS.contains(signal)) {
            throw new Refused("INVALID_ARGUMENT", "The signal \"" + signal + "\" is not allowed.");
        }
        String name = request.getString("name", "");
        ProcessRecord.Started main = supervisor
                .main(name)
                .filter(ProcessRecord.Started::alive)
                .orElseThrow(() -> new Refused("NOT_FOUND", "No process " + name + " is running."));
        Process kill = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(main.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (kill.waitFor() != 0) {
                throw new Refused("NOT_FOUND", "The process " + name + " has just ended.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending a signal", e);
        }
    }
}
