package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One process that shall run, as {@code wanted} of a sync answer says.
 *
 * @param directory of the process, relative to the node directory or inside it; so are {@code stdout} and {@code stderr}
 * @param graceMillis between SIGTERM and SIGKILL
 * @param credentials where it finds keys; empty: it has none
 */
record WantedProcess(
        String name,
        long generation,
        List<String> argv,
        Map<String, String> env,
        String directory,
        List<WantedFile> files,
        String stdout,
        String stderr,
        long graceMillis,
        Optional<CredentialService.Place> credentials) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final long DEFAULT_GRACE = 5_000;

    WantedProcess {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        files = List.copyOf(files);
    }

    static WantedProcess parse(JsonObject json) throws Refused {
        String name = json.getString("name", "");
        if (!NAME.matcher(name).matches()) {
            throw new Refused("INVALID_ARGUMENT", "A process cannot be called \"" + name + "\".");
        }
        List<String> argv = new ArrayList<>();
        json.getArray("argv", new JsonArray()).forEach(argument -> argv.add(String.valueOf(argument)));
        Map<String, String> env = new LinkedHashMap<>();
        json.getObject("env", new JsonObject()).forEach((key, value) -> env.put(key, String.valueOf(value)));
        List<WantedFile> files = new ArrayList<>();
        for (Object file : json.getArray("files", new JsonArray())) {
            if (file instanceof JsonObject object) {
                files.add(new WantedFile(
                        object.getString("path", ""),
                        object.getString("content", ""),
                        object.getString("mode", "600")));
            }
        }
        return new WantedProcess(
                name,
                json.getLong("generation", 0),
                argv,
                env,
                json.getString("directory", name),
                files,
                json.getString("stdout", name + "/stdout"),
                json.getString("stderr", name + "/stderr"),
                json.getLong("graceMillis", DEFAULT_GRACE),
                Optional.ofNullable(json.getObject("credentials")).map(CredentialService.Place::of));
    }

    /** What the next agent has to know: enough to watch and stop the process, and no secrets (neither environment nor files). */
    JsonObject remembered() {
        JsonObject json = new JsonObject();
        json.put("name", name);
        json.put("generation", generation);
        json.put("directory", directory);
        json.put("stdout", stdout);
        json.put("stderr", stderr);
        json.put("graceMillis", graceMillis);
        return json;
    }

    /** Value of {@code SLIPWAY_PROCESS}. */
    String mark() {
        return name + "/" + generation;
    }
}
