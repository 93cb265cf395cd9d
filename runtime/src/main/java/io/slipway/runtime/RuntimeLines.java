package io.slipway.runtime;

import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All runtime lines, and the rule by which a {@code spark_version} key gets one.
 *
 * <p>The rule: a key of {@link #versions()} gets its own line. Any other well-formed key gets the line with the nearest Spark
 * version at or above the one that this Databricks runtime had, else the newest line. So 7.0.x (Spark 3.0) to 16.4.x (Spark 3.5)
 * and 17.x (Spark 4.0) get Spark 4.0; 18.x (Spark 4.1) and newer get Spark 4.2. Which Spark a runtime had is in the Databricks
 * Runtime release notes.
 */
public final class RuntimeLines {
    /** {@code 16.4.x-scala2.12}, {@code 9.1.x-cpu-ml-scala2.12}, {@code 7.x-photon-scala2.12}. */
    private static final Pattern KEY = Pattern.compile(
            "(\\d{1,2})\\.(\\d{1,2}|x)(?:\\.x)?((?:-(?:cpu|gpu|ml|photon|aarch64|esr|hls|conda|light|dlt))*)-scala2\\.1[0-3]");

    private static final String ML_NOTE =
            "The ML flavour has the same libraries as the standard one; add others with %pip.";
    /** A key has two digits before its point. */
    private static final int LARGEST_NUMBER = 99;

    private static final String OLDER = "16.4.x-scala2.12";
    private static final String OLDER_RUNS_ON = "17.3";
    private static final List<String> BUNDLED = List.of("spark-4.2", "spark-4.0");

    private final List<RuntimeLine> lines;

    private RuntimeLines(List<RuntimeLine> lines) {
        this.lines = lines.stream()
                .sorted(Comparator.comparing(line -> minor(line.sparkVersion())))
                .toList();
    }

    /** The lines whose lock files are part of this program. */
    public static RuntimeLines bundled() {
        return new RuntimeLines(BUNDLED.stream().map(RuntimeLines::load).toList());
    }

    private static RuntimeLine load(String id) {
        String resource = "/runtimes/" + id + ".lock.json";
        try (InputStream in = RuntimeLines.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the lock file " + resource + " is missing");
            }
            return RuntimeLine.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Oldest Spark first. */
    public List<RuntimeLine> all() {
        return lines;
    }

    /** The line with the newest Spark. */
    public RuntimeLine newest() {
        return lines.get(lines.size() - 1);
    }

    /**
     * The line with this id, for instance {@code spark-4.2}.
     *
     * @throws PlatformException NOT_FOUND
     */
    public RuntimeLine line(String id) {
        return lines.stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("There is no runtime line " + id + "; there is "
                        + String.join(", ", lines.stream().map(RuntimeLine::id).toList()) + "."));
    }

    /**
     * Applies the rule.
     *
     * @throws PlatformException INVALID_PARAMETER_VALUE with the API's own message for keys that are malformed
     */
    public Resolution resolve(String sparkVersionKey) {
        Matcher key = KEY.matcher(sparkVersionKey);
        if (!key.matches()) {
            throw PlatformException.invalid("Invalid spark version " + sparkVersionKey + ".");
        }
        boolean ml = key.group(3).contains("-ml");
        for (RuntimeLine line : lines) {
            if (key(line).equals(sparkVersionKey)) {
                return new Resolution(line, sparkVersionKey, Optional.empty());
            }
        }
        int major = Integer.parseInt(key.group(1));
        RuntimeLine line = nearest(major);
        StringBuilder note =
                new StringBuilder("Spark version " + sparkVersionKey + " runs as " + called(line) + " here: ");
        note.append("the nearest runtime, Apache Spark " + line.sparkVersion() + " with Scala " + line.scalaVersion());
        note.append(" and Delta " + line.deltaVersion() + ", is used.");
        if (key.group(3).contains("gpu")) {
            note.append(" It has no GPU libraries.");
        }
        if (key.group(3).contains("photon")) {
            note.append(" Photon is not part of Apache Spark; queries run on Spark's own engine.");
        }
        if (ml) {
            note.append(" " + ML_NOTE);
        }
        return new Resolution(line, sparkVersionKey, Optional.of(note.toString()));
    }

    /**
     * What keys that are not listed run as.
     *
     * @param from the first number of such keys; it goes up to the next one's
     * @param runsAs for people, for instance {@code 17.3 LTS, Spark 4.0.1}
     */
    public record Unlisted(int from, String runsAs) {}

    /** For pages, which show many clusters: the rule of {@link #resolve} by the first number of a key, lowest first. */
    public List<Unlisted> unlisted() {
        List<Unlisted> unlisted = new ArrayList<>();
        for (int major = 1; major <= LARGEST_NUMBER; major++) {
            RuntimeLine line = nearest(major);
            String runsAs = called(line) + ", Spark " + line.sparkVersion();
            if (unlisted.isEmpty()
                    || !unlisted.get(unlisted.size() - 1).runsAs().equals(runsAs)) {
                unlisted.add(new Unlisted(major, runsAs));
            }
        }
        return List.copyOf(unlisted);
    }

    private RuntimeLine nearest(int databricksMajor) {
        int spark = sparkMinorOf(databricksMajor);
        return lines.stream()
                .filter(line -> minor(line.sparkVersion()) >= spark)
                .findFirst()
                .orElseGet(this::newest);
    }

    /** The Spark version of a Databricks runtime, as major * 100 + minor; within a major all runtimes are on one side of our lines. */
    private static int sparkMinorOf(int databricksMajor) {
        if (databricksMajor <= 16) {
            return 305; // 7.0 has Spark 3.0, 16.4 has Spark 3.5; anything before 7 is older still
        }
        return switch (databricksMajor) {
            case 17 -> 400;
            case 18 -> 401;
            default -> Integer.MAX_VALUE;
        };
    }

    private static int minor(String sparkVersion) {
        String[] parts = sparkVersion.split("\\.");
        return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
    }

    /**
     * The entries of {@code clusters/spark-versions}, newest first. The leading number is the Databricks runtime of the same age,
     * because clients compare it; the name says which Spark really runs. An older entry is there because the selectors of the SDKs
     * look at keys with Scala 2.12 only, unless they are told otherwise; those that look for "Apache Spark 4.0.1" find one entry.
     */
    public List<SparkVersion> versions() {
        List<SparkVersion> versions = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            RuntimeLine line = lines.get(i);
            String runs = "Spark " + line.sparkVersion() + ", Scala " + line.scalaVersion() + ")";
            versions.add(new SparkVersion(key(line), called(line) + " (includes Apache " + runs));
            if (number(line).equals(OLDER_RUNS_ON)) {
                versions.add(new SparkVersion(OLDER, "16.4 LTS (runs as " + called(line) + ": " + runs));
            }
        }
        return List.copyOf(versions);
    }

    private static String key(RuntimeLine line) {
        return number(line) + ".x-scala" + line.scalaVersion();
    }

    private static String called(RuntimeLine line) {
        return number(line) + (line.lts() ? " LTS" : "");
    }

    private static String number(RuntimeLine line) {
        return minor(line.sparkVersion()) == 400 ? "17.3" : "18.2";
    }
}
