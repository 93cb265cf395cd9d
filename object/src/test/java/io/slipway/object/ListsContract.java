package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists of objects. */
@NullUnmarked
abstract class ListsContract extends S3Contract {
    private static List<String> told(ListObjectsV2Response page) {
        List<String> all = new ArrayList<>();
        page.contents().stream().map(S3Object::key).forEach(all::add);
        page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(each -> all.add("[" + each + "]"));
        return all;
    }

    @Test
    void keys_are_in_the_order_of_their_bytes() {
        // Bytes of UTF-8 tell U+FF5E before U+1F600, characters of UTF-16 the other way round.
        put("b", "a", "B", "ä", "a/b", "a!", "～", "😀", "a ");
        assertThat(keys()).containsExactly("B", "a", "a ", "a!", "a/b", "b", "ä", "～", "😀");
    }

    @Test
    void pages_follow_each_other_until_all_is_told() {
        numbered("k", 25).forEach(key -> put(key, ""));
        List<String> all = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            String next = token;
            ListObjectsV2Response page =
                    s3.listObjectsV2(b -> b.bucket(bucket).maxKeys(10).continuationToken(next));
            all.addAll(told(page));
            assertThat(page.keyCount()).isEqualTo(page.contents().size());
            token = page.nextContinuationToken();
            pages++;
        } while (token != null);
        assertThat(all).isEqualTo(numbered("k", 25));
        assertThat(pages).isEqualTo(3);
        refused(
                400,
                "InvalidArgument",
                () -> s3.listObjectsV2(b -> b.bucket(bucket).continuationToken("no token")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', /, '[foo/] [quux/] asdf boo'",
        "foo/, /, '[foo/bar/] foo/xyzzy'",
        "foo, /, '[foo/]'",
        "'', o, '[bo] [fo] asdf quux/thud quux/x'",
        "quux/, '', 'quux/thud quux/x'",
        "none, /, ''"
    })
    void keys_below_a_delimiter_are_told_together(String prefix, String delimiter, String wanted) {
        put("asdf", "boo", "foo/bar/1", "foo/bar/2", "foo/xyzzy", "quux/thud", "quux/x");
        if (delimiter.equals("o")) {
            s3.deleteObject(b -> b.bucket(bucket).key("boo"));
            put("bo/x", "fo/x");
        }
        ListObjectsV2Response page =
                s3.listObjectsV2(b -> b.bucket(bucket).prefix(prefix).delimiter(delimiter));
        assertThat(told(page)).containsExactlyInAnyOrder(wanted.isEmpty() ? new String[0] : wanted.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void pages_of_common_prefixes_tell_each_once(int size) {
        numbered("a/", 40).forEach(key -> put(key, ""));
        put("b", "c/1", "c/2", "d");
        List<String> all = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListObjectsV2Response page = s3.listObjectsV2(
                    b -> b.bucket(bucket).delimiter("/").maxKeys(size).continuationToken(next));
            all.addAll(told(page));
            assertThat(page.keyCount()).isLessThanOrEqualTo(size);
            token = page.nextContinuationToken();
        } while (token != null);
        assertThat(all).containsExactlyInAnyOrder("[a/]", "b", "[c/]", "d");

        List<String> older = new ArrayList<>();
        String marker = "";
        while (marker != null) {
            String after = marker;
            ListObjectsResponse page = s3.listObjects(
                    b -> b.bucket(bucket).delimiter("/").maxKeys(size).marker(after));
            page.contents().forEach(each -> older.add(each.key()));
            page.commonPrefixes().forEach(each -> older.add("[" + each.prefix() + "]"));
            marker = page.nextMarker();
        }
        assertThat(older).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_list_begins_behind_a_key_that_need_not_be_there() {
        put("a", "b", "c", "d");
        assertThat(told(s3.listObjectsV2(b -> b.bucket(bucket).startAfter("bb"))))
                .containsExactly("c", "d");
        assertThat(told(s3.listObjectsV2(b -> b.bucket(bucket).startAfter("b"))))
                .containsExactly("c", "d");
        assertThat(told(s3.listObjectsV2(b -> b.bucket(bucket).startAfter("z"))))
                .isEmpty();
        assertThat(told(s3.listObjectsV2(b -> b.bucket(bucket).prefix("c").startAfter("a"))))
                .containsExactly("c");
        assertThat(told(s3.listObjectsV2(b -> b.bucket(bucket).prefix("a").startAfter("c"))))
                .isEmpty();
    }

    @Test
    void an_older_list_tells_the_next_marker_only_with_a_delimiter() {
        put("a", "b/1", "c");
        ListObjectsResponse page = s3.listObjects(b -> b.bucket(bucket).maxKeys(2));
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.nextMarker()).isNull();
        assertThat(s3.listObjects(b -> b.bucket(bucket).maxKeys(2).delimiter("/"))
                        .nextMarker())
                .isEqualTo("b/");
        assertThat(page.contents().get(0).owner().id()).matches("[0-9a-f]{64}");
    }

    @Test
    void lists_say_what_they_were_asked_for() {
        put("a", "x");
        ListObjectsV2Response page = s3.listObjectsV2(b -> b.bucket(bucket)
                .prefix("a")
                .maxKeys(5000)
                .encodingType(EncodingType.URL)
                .fetchOwner(true));
        assertThat(page.name()).isEqualTo(bucket);
        assertThat(page.prefix()).isEqualTo("a");
        assertThat(page.maxKeys()).isEqualTo(1000);
        assertThat(page.encodingType()).isEqualTo(EncodingType.URL);
        assertThat(page.isTruncated()).isFalse();
        S3Object only = page.contents().get(0);
        assertThat(only.size()).isEqualTo(1);
        assertThat(only.storageClassAsString()).isEqualTo("STANDARD");
        assertThat(only.owner().id()).hasSize(64);
        assertThat(only.eTag()).startsWith("\"");
        assertThat(s3.listObjectsV2(b -> b.bucket(bucket)).contents().get(0).owner())
                .isNull();
        ListObjectsV2Response none = s3.listObjectsV2(b -> b.bucket(bucket).maxKeys(0));
        assertThat(none.isTruncated()).isFalse();
        assertThat(none.keyCount()).isZero();
        refused(
                400,
                "InvalidArgument",
                () -> s3.listObjectsV2(b -> b.bucket(bucket).maxKeys(-1)));
        refused(
                400,
                "InvalidArgument",
                () -> s3.listObjectsV2(b -> b.bucket(bucket).encodingType("hex")));
    }
}
