package io.slipway.server;

import java.nio.file.Path;

/** Temporary entry: {@code serve <home> <dist> <port>}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        ServerConfig usual = ServerConfig.of(Path.of(args[0]), Path.of(args[1]));
        ServerMain.run(new ServerConfig(
                usual.home(),
                usual.dist(),
                Integer.parseInt(args[2]),
                0,
                usual.database(),
                usual.adminUser(),
                usual.python()));
    }
}
