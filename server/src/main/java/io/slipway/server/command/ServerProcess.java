package io.slipway.server.command;

import io.slipway.server.ServerConfig;
import io.slipway.server.ServerMain;
import io.slipway.server.ServerSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server in the background, without the command line that people type: reading that takes an eighth of a start, since its
 * library is too old for the archive of classes.
 */
public final class ServerProcess {
    private ServerProcess() {}

    /** What {@link #main} is called with. */
    static List<String> arguments(ServerConfig config) {
        List<String> arguments =
                new ArrayList<>(List.of(config.home().toString(), config.dist().toString()));
        ServerSettings.flags(config).forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    public static void main(String[] arguments) {
        try {
            Map<String, String> flags = new HashMap<>();
            flags.put(ServerSettings.HOME.name(), arguments[0]);
            for (String flag : List.of(arguments).subList(2, arguments.length)) {
                int equals = flag.indexOf('=');
                flags.put(flag.substring(0, equals), flag.substring(equals + 1));
            }
            ServerConfig config =
                    ServerSettings.read(System.getenv(), flags, Path.of(arguments[1]), Place.foundPython());
            ServerMain.run(config, state -> {});
            System.exit(0);
        } catch (Throwable failure) {
            Refusal.tell(failure, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            System.exit(1);
        }
    }
}
