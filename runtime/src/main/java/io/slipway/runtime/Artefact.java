package io.slipway.runtime;

/**
 * One downloadable file of the package index.
 *
 * @param project its name there, normalized as in PEP 503
 * @param file the file name, which for wheels carries the tags of PEP 427
 * @param sha256 lower-case hex; the file's identity in the store
 * @param size in bytes
 */
public record Artefact(String project, String file, String sha256, long size) {
    boolean isWheel() {
        return file.endsWith(".whl");
    }
}
