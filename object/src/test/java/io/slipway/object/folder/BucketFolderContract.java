package io.slipway.object.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A folder of a bucket, in any S3. */
@NullUnmarked
public abstract class BucketFolderContract {
    private static final int PART = 5 << 20;

    @TempDir
    private Path disk;

    private S3Client s3;
    private String bucket;
    private BucketFolder folder;

    /** A client that may do all with the bucket. */
    protected abstract S3Client open();

    /** The name of a bucket that is not there yet. */
    protected abstract String name();

    @BeforeEach
    void make() {
        s3 = open();
        bucket = name();
        s3.createBucket(b -> b.bucket(bucket));
        folder = new BucketFolder(s3, bucket, "its/own");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(disk, "file", ""), text);
    }

    private void put(String... names) {
        for (String each : names) {
            folder.put(each, each.getBytes(StandardCharsets.UTF_8), Map.of());
        }
    }

    private String text(String name) {
        return new String(folder.read(name, 0, 1 << 20), StandardCharsets.UTF_8);
    }

    private List<String> names(String start) {
        return folder.all(start).stream().map(BucketFile::name).toList();
    }

    private static void refused(ErrorCode code, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void names_are_what_stands_behind_the_prefix() throws IOException {
        folder.put("a/b.txt", file("hello"));
        assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("its/own/a/b.txt"))
                        .asUtf8String())
                .isEqualTo("hello");
        assertThat(folder).hasToString("s3://" + bucket + "/its/own");
        assertThat(folder.find("a/b.txt")).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo("a/b.txt");
            assertThat(found.size()).isEqualTo(5);
            assertThat(found.modifiedAt()).isPositive();
        });
        assertThat(folder.find("a")).isEmpty();
        assertThat(folder.below("a/").find("b.txt")).isPresent();
        assertThat(new BucketFolder(s3, bucket, "").find("its/own/a/b.txt")).isPresent();
    }

    @Test
    void a_level_has_files_and_folders_and_all_has_everything() {
        put("a/1", "a/b/2", "a/b/3", "ab", "a/");
        BucketLevel level = folder.level("a/");
        assertThat(level.files()).extracting(BucketFile::name).containsExactly("a/", "a/1");
        assertThat(level.folders()).containsExactly("a/b/");
        assertThat(folder.level("").folders()).containsExactly("a/");
        assertThat(folder.level("none/")).isEqualTo(new BucketLevel(List.of(), List.of()));
        assertThat(names("a/")).containsExactly("a/", "a/1", "a/b/2", "a/b/3");
        assertThat(folder.any("a/b/")).isTrue();
        assertThat(folder.any("b")).isFalse();
    }

    @Test
    void lists_and_deletions_go_on_beyond_a_page_and_end_at_the_prefix() {
        List<String> many =
                IntStream.range(0, 7).mapToObj("many/%04d"::formatted).toList();
        many.forEach(this::put);
        put("many-not", "z", "many/deep/1", "many/deep/2");
        BucketFolder byThree = new BucketFolder(s3, bucket, "its/own", new BucketFolder.Sizes(PART, PART, 3));
        assertThat(byThree.level("many/").files()).extracting(BucketFile::name).isEqualTo(many);
        assertThat(byThree.level("many/").folders()).containsExactly("many/deep/");
        byThree.delete(List.of("many/deep/1", "z", "never", "many/deep/2"));
        assertThat(byThree.all("many/")).extracting(BucketFile::name).isEqualTo(many);
        assertThat(folder.find("z")).isEmpty();
        byThree.deleteAll("many/");
        byThree.deleteAll("many/");
        assertThat(names("")).containsExactly("many-not");
    }

    @Test
    void reading_takes_a_range_and_ends_with_the_object() {
        folder.put("f", "0123456789".getBytes(StandardCharsets.UTF_8), Map.of());
        folder.put("empty", new byte[0], Map.of());
        assertThat(folder.read("f", 3, 4)).asString().isEqualTo("3456");
        assertThat(folder.read("f", 8, 100)).asString().isEqualTo("89");
        assertThat(folder.read("f", 10, 5)).isEmpty();
        assertThat(folder.read("f", 0, 0)).isEmpty();
        assertThat(folder.read("empty", 0, 5)).isEmpty();
        refused(ErrorCode.NOT_FOUND, "read s3://" + bucket + "/its/own/none", () -> folder.read("none", 0, 1));
    }

    @Test
    void only_the_first_of_two_takes_a_free_name_and_may_be_told_twice() throws IOException {
        assertThat(folder.putIfAbsent("f", file("first"), "one")).isTrue();
        assertThat(folder.putIfAbsent("f", file("second"), "two")).isFalse();
        assertThat(folder.putIfAbsent("f", file("first"), "one")).isTrue();
        assertThat(text("f")).isEqualTo("first");
        folder.put("f", file("third"));
        assertThat(text("f")).isEqualTo("third");
        assertThat(folder.putIfAbsent("f", file("first"), "one")).isFalse();
    }

    @Test
    void what_is_large_is_put_and_copied_in_parts() throws IOException {
        byte[] bytes = new byte[2 * PART + 7];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(disk.resolve("large"), bytes);
        BucketFolder inParts = new BucketFolder(s3, bucket, "p", new BucketFolder.Sizes(PART, PART, 1));
        assertThat(inParts.putIfAbsent("f", file, "one")).isTrue();
        assertThat(inParts.putIfAbsent("f", file, "two")).isFalse();
        inParts.copy("f", "g");
        assertThat(inParts.read("g", 0, bytes.length)).isEqualTo(bytes);
        assertThat(s3.headObject(b -> b.bucket(bucket).key("p/g")).eTag()).endsWith("-3\"");
        assertThat(s3.listMultipartUploads(b -> b.bucket(bucket)).uploads()).isEmpty();
    }

    @Test
    void a_copy_has_the_bytes_and_the_marks() {
        folder.put("f", "x".getBytes(StandardCharsets.UTF_8), Map.of("colour", "red"));
        folder.copy("f", "with space/ä");
        assertThat(text("with space/ä")).isEqualTo("x");
        assertThat(folder.find("with space/ä").orElseThrow().marks()).containsEntry("colour", "red");
        refused(ErrorCode.NOT_FOUND, "copy", () -> folder.copy("none", "g"));
    }

    @Test
    void a_bucket_that_is_not_there_is_no_missing_file() {
        BucketFolder nowhere = new BucketFolder(s3, "no-such-bucket-" + bucket, "");
        folder.check();
        refused(ErrorCode.INTERNAL, "NoSuchBucket", nowhere::check);
        refused(ErrorCode.INTERNAL, "NoSuchBucket", () -> nowhere.read("f", 0, 1));
        s3.putObject(b -> b.bucket(bucket).key("beside"), RequestBody.empty());
        assertThat(names("")).isEmpty();
    }
}
