package io.slipway.runtime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lock file: every file of one runtime line, for every Python version and platform. Written by {@code runtime/lock.py}.
 *
 * @param hash the first eight hex digits of the lock file's SHA-256; part of an installed runtime's folder name, so that a changed
 *     lock never reuses an older folder
 */
public record RuntimeLock(
        String hash, List<Artefact> artefacts, List<BundledJar> bundledJars, Map<String, List<String>> environments) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RuntimeLock {
        artefacts = List.copyOf(artefacts);
        bundledJars = List.copyOf(bundledJars);
        environments = Map.copyOf(environments);
    }

    /** The environments that can be installed, for instance {@code cp311-linux-x86_64}. */
    public Set<String> pythonTags() {
        return environments.keySet();
    }

    /**
     * The files for one environment.
     *
     * @throws PlatformException FEATURE_DISABLED if the lock has no such environment
     */
    public List<Artefact> environment(PythonTag tag) {
        List<String> files = environments.get(tag.value());
        if (files == null) {
            throw new PlatformException(
                    ErrorCode.FEATURE_DISABLED,
                    "There is no runtime for " + tag.value() + "; there is one for "
                            + String.join(", ", pythonTags().stream().sorted().toList()) + ".");
        }
        Set<String> wanted = Set.copyOf(files);
        return artefacts.stream()
                .filter(artefact -> wanted.contains(artefact.file()))
                .toList();
    }

    /** The file as it is written; {@link RuntimeLine#parse} makes the domain records of it. */
    record Document(
            String line,
            String spark,
            String scala,
            String delta,
            int java,
            boolean lts,
            List<Artefact> artefacts,
            List<BundledJar> bundledJars,
            Map<String, List<String>> environments) {
        static Document read(byte[] json) {
            try {
                return JSON.readValue(json, Document.class);
            } catch (IOException e) {
                throw new UncheckedIOException("a lock file cannot be read", e);
            }
        }
    }
}
