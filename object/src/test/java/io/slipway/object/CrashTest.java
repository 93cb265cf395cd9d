package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.AccountId;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Loops;
import io.slipway.kit.Timer;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.DatabaseConfig;
import io.slipway.store.Facts;
import io.slipway.store.TestDatabases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A process that puts and deletes objects is killed: what it was told is true, and nothing is half there. */
@NullUnmarked
class CrashTest {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final int KEYS = 40;

    @TempDir
    private Path folder;

    /** Runs what waits at once. */
    private static S3Client open(Path folder, Database database) {
        Clock clock = Clock.system();
        Ids ids = Ids.system(clock);
        Loops loops = new Loops(clock, Timer.system("timer"), ids, Runnable::run);
        S3Client s3 = new ObjectArea(new Base(database, new Facts(clock), clock, ids, loops), folder.resolve("objects"))
                .platform(ACCOUNT);
        loops.start();
        return s3;
    }

    private static byte[] body(String key, int version) {
        Random random = new Random(key.hashCode() * 31L + version);
        byte[] body = new byte[random.nextBoolean() ? random.nextInt(4000) : 20_000 + random.nextInt(200_000)];
        random.nextBytes(body);
        return body;
    }

    /** The child: says what it is about to do, and what it was told. */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Random random = new Random(Long.parseLong(args[1]));
        int version = Integer.parseInt(args[2]);
        S3Client s3 = open(folder, Database.open(new DatabaseConfig.Sqlite(folder.resolve("slipway.db"))));
        while (true) {
            String key = "k" + random.nextInt(KEYS);
            version++;
            if (random.nextInt(4) == 0) {
                System.out.println("begin " + key + " 0");
                s3.deleteObject(b -> b.bucket("bucket").key(key));
                System.out.println("end " + key + " 0");
            } else {
                System.out.println("begin " + key + " " + version);
                s3.putObject(b -> b.bucket("bucket").key(key), RequestBody.fromBytes(body(key, version)));
                System.out.println("end " + key + " " + version);
            }
        }
    }

    @Test
    void what_was_acknowledged_is_there_byte_for_byte_after_a_kill() throws IOException, InterruptedException {
        try (Database database = TestDatabases.sqlite(folder)) {
            open(folder, database).createBucket(b -> b.bucket("bucket"));
        }
        Map<String, Integer> told = new HashMap<>();
        int version = 0;
        for (long seed = 1; seed <= 3; seed++) {
            String begun = "";
            int begunVersion = 0;
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashTest.class.getName(),
                            folder.toString(),
                            String.valueOf(seed),
                            String.valueOf(version))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                int left = 60 + new Random(seed).nextInt(60);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ", -1);
                    version = Math.max(version, Integer.parseInt(words[2]));
                    if (words[0].equals("begin")) {
                        begun = words[1];
                        begunVersion = Integer.parseInt(words[2]);
                    } else {
                        told.put(words[1], Integer.valueOf(words[2]));
                        begun = "";
                    }
                    if (left-- == 0) {
                        // Not by the process itself, which would close its output, and the last lines with it.
                        child.toHandle().destroyForcibly();
                    }
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(told).hasSizeGreaterThan(10);
            check(told, begun, begunVersion);
        }
    }

    private void check(Map<String, Integer> told, String begun, int begunVersion) throws IOException {
        try (Database database = Database.open(new DatabaseConfig.Sqlite(folder.resolve("slipway.db")))) {
            S3Client s3 = open(folder, database);
            int large = 0;
            for (Map.Entry<String, Integer> each : Map.copyOf(told).entrySet()) {
                if (each.getKey().equals(begun)) {
                    // Nobody was told: either is true, but one of them is.
                    byte[] there = bytes(s3, begun);
                    boolean done = Arrays.equals(there, wanted(begun, begunVersion));
                    assertThat(done || Arrays.equals(there, wanted(begun, each.getValue())))
                            .as(begun)
                            .isTrue();
                    told.put(begun, done ? Integer.valueOf(begunVersion) : each.getValue());
                } else {
                    assertThat(bytes(s3, each.getKey()))
                            .as(each.getKey())
                            .isEqualTo(wanted(each.getKey(), each.getValue()));
                }
            }
            List<S3Object> all = s3.listObjectsV2(b -> b.bucket("bucket")).contents();
            for (S3Object each : all) {
                large += each.size() > 16 << 10 ? 1 : 0;
            }
            assertThat(files()).as("files are those of objects, no more").hasSize(large);
        }
    }

    private static byte[] wanted(String key, int version) {
        return version == 0 ? new byte[0] : body(key, version);
    }

    private static byte[] bytes(S3Client s3, String key) {
        try {
            return s3.getObjectAsBytes(b -> b.bucket("bucket").key(key)).asByteArray();
        } catch (NoSuchKeyException e) {
            return new byte[0];
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
