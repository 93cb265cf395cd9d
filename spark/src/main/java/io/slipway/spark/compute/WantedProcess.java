package io.slipway.spark.compute;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that shall run on a node (agent protocol 1, {@code wanted}). Paths are relative to the node's directory.
 *
 * @param generation the cluster's launch: another number is another process
 * @param credentials where it finds keys
 */
public record WantedProcess(
        String name,
        int generation,
        List<String> argv,
        Map<String, String> env,
        String directory,
        List<FileToWrite> files,
        String stdout,
        String stderr,
        long graceMillis,
        Optional<CredentialPlace> credentials) {

    /**
     * The node's own address, at which its agent gives keys.
     *
     * @param role whether the process gets those of the node's role
     * @param storage whether it gets those of the platform's storage
     */
    public record CredentialPlace(String address, String region, boolean role, boolean storage) {}

    /** @param mode octal, for instance {@code 600} */
    public record FileToWrite(String path, String content, String mode) {
        @Override
        public String toString() {
            return path;
        }
    }

    public WantedProcess {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        files = List.copyOf(files);
    }

    /** Keeps the environment, which may hold secrets, out of logs. */
    @Override
    public String toString() {
        return name + " " + generation;
    }
}
