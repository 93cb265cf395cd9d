package io.slipway.server.command;

import io.slipway.server.ServerMain;
import io.slipway.server.ServerState;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server itself, in this process; {@code up} starts it, in the background or not. */
@Command(name = "serve", hidden = true)
public final class Serve implements Callable<Integer> {
    @Mixin
    private Listening listening = new Listening();

    @Option(names = "--profile", description = "write the client profile when ready")
    private boolean profile;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerMain.run(listening.config(), this::ready);
        return 0;
    }

    private void ready(ServerState state) {
        if (profile) {
            ClientProfile.ofUser()
                    .write(state.url(), ApiClient.token(listening.place().home()));
            Up.writeAwsProfile(listening.config(), state, System.out);
            ApiClient api = ApiClient.asAdmin(listening.place().home(), state);
            System.out.println("In a browser, once and within ten minutes: " + Up.signInLink(api, state.publicUrl()));
            Trust.tell(listening.config(), state, System.out);
        }
    }
}
