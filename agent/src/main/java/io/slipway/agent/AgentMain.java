package io.slipway.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** {@code java -jar agent.jar <agent.json>}; exit statuses are in docs/protocols/agent.md. */
public final class AgentMain {
    private static final int BAD_CONFIGURATION = 2;
    private static final int LOCKED = 4;
    private static final int SECRET_BYTES = 24;
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private AgentMain() {}

    public static void main(String[] args) throws InterruptedException {
        AgentLog log = new AgentLog(System.err);
        System.exit(run(args, log));
    }

    private static int run(String[] args, AgentLog log) throws InterruptedException {
        try {
            if (args.length != 1) {
                throw new Refused("INVALID_ARGUMENT", "usage: AgentMain <agent.json>");
            }
            AgentConfig config = AgentConfig.read(Path.of(args[0]));
            Files.createDirectories(config.ownFolder());
            Path lockFile = config.ownFolder().resolve("lock");
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    log.say("another agent works in " + config.directory());
                    return LOCKED;
                }
                work(config, log);
            }
            return 0;
        } catch (Refused | IOException e) {
            log.say(String.valueOf(e.getMessage()));
            return BAD_CONFIGURATION;
        }
    }

    private static void work(AgentConfig config, AgentLog log) throws IOException, InterruptedException, Refused {
        NodePaths paths = new NodePaths(config.directory());
        ServerLink link = new ServerLink(
                config.serverUrl(),
                config.nodeId(),
                config.serverCa().isPresent()
                        ? Optional.of(ServerTrust.of(config.serverCa().get()))
                        : Optional.empty());
        NodeKey key = new NodeKey(config, link);
        CredentialService credentials = new CredentialService(
                config.ownFolder().resolve("credentials"),
                config.nodeId(),
                RoleKeys.ofRole(link, key, System::currentTimeMillis),
                RoleKeys.ofStorage(link, key, System::currentTimeMillis),
                AgentMain::secret,
                log);
        credentials.resume();
        Supervisor supervisor = new Supervisor(
                config.nodeId(),
                paths,
                config.ownFolder().resolve("processes"),
                new Launcher(config.nodeId(), paths, System.getenv(), credentials),
                machineBoot(),
                System::currentTimeMillis,
                log);
        supervisor.adopt();
        Requests requests = new Requests(paths, supervisor);
        LoadMeter load = new LoadMeter(config.nodeId(), config.directory(), System::currentTimeMillis);
        Reports reports = new Reports(config.nodeId(), UUID.randomUUID().toString(), supervisor, requests, load);
        background("supervisor", () -> watch(supervisor));
        background("reporter", new Reporter(reports, link, key));
        log.say("node " + config.nodeId() + ", server " + config.serverUrl());
        new SyncLoop(supervisor, requests, reports, link, key, log).run();
        log.say("the node is released");
        supervisor.stopAll();
    }

    private static String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static void watch(Supervisor supervisor) {
        try {
            supervisor.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static String machineBoot() {
        try {
            return Files.readString(LINUX_BOOT_ID).strip();
        } catch (IOException e) {
            return "unknown"; // then start times alone tell processes apart
        }
    }
}
