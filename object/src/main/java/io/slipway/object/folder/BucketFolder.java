package io.slipway.object.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the platform keeps below a prefix of a bucket, in the platform's own S3 or in any other: both are a client of the SDK. Objects are
 * called by what stands behind the prefix in their keys. Bytes stream from files; lists are read page by page. Where S3 refuses or cannot
 * be reached, a {@code PlatformException} says so, see {@link BucketFault}.
 */
public final class BucketFolder {
    /** By which clusters reach such folders with the platform's keys; by {@code s3:} they come with keys of their users. */
    public static final String SCHEME = "slipway-store";

    private static final long MEGABYTE = 1L << 20;
    /** As many as S3 takes. */
    private static final int PAGE = 1_000;

    private static final int MOST_CONFLICTS = 10;

    /** By which a put that was answered twice is known. */
    private static final String MARK = "slipway-put";

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final Sizes sizes;

    /**
     * @param put what is larger is put in parts of this size
     * @param copy what is larger is copied in parts of this size
     * @param page so many keys are listed or deleted in one call
     */
    record Sizes(long put, long copy, int page) {
        /** One call copies 5 GB; a part should be sent again in reasonable time. */
        static final Sizes USUALLY = new Sizes(64 * MEGABYTE, 5_000 * MEGABYTE, PAGE);
    }

    /** @param prefix empty, or folders with a slash between them */
    public BucketFolder(S3Client s3, String bucket, String prefix) {
        this(s3, bucket, prefix, Sizes.USUALLY);
    }

    BucketFolder(S3Client s3, String bucket, String prefix, Sizes sizes) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        this.sizes = sizes;
    }

    /** A folder in this one. */
    public BucketFolder below(String name) {
        return new BucketFolder(s3, bucket, prefix + name, sizes);
    }

    /** Without a slash at its end. */
    @Override
    public String toString() {
        String whole = "s3://" + bucket + "/" + prefix;
        return whole.substring(0, whole.length() - 1);
    }

    private String key(String name) {
        return prefix + name;
    }

    private String shown(String name) {
        return "s3://" + bucket + "/" + key(name);
    }

    private static <T> T doing(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw BucketFault.of(what, e);
        }
    }

    /** Throws unless the bucket is there and may be listed. */
    public void check() {
        boolean unused = any("");
    }

    public Optional<BucketFile> find(String name) {
        try {
            HeadObjectResponse head = s3.headObject(b -> b.bucket(bucket).key(key(name)));
            return Optional.of(new BucketFile(
                    name, head.contentLength(), head.lastModified().toEpochMilli(), head.metadata()));
        } catch (SdkException e) {
            if (BucketFault.missing(e)) {
                return Optional.empty();
            }
            throw BucketFault.of("look for " + shown(name), e);
        }
    }

    /** Whether there is an object whose name begins so. */
    public boolean any(String start) {
        return doing(
                                "list " + shown(start),
                                () -> s3.listObjectsV2(
                                        b -> b.bucket(bucket).prefix(key(start)).maxKeys(1)))
                        .keyCount()
                > 0;
    }

    /** @param folder empty, or a name with a slash at its end */
    public BucketLevel level(String folder) {
        List<BucketFile> files = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        pages(folder, "/", page -> {
            page.contents().forEach(each -> files.add(file(each)));
            page.commonPrefixes().forEach(each -> folders.add(each.prefix().substring(prefix.length())));
        });
        return new BucketLevel(files, folders);
    }

    /** All objects whose names begin so, in the order of their names. */
    public List<BucketFile> all(String start) {
        List<BucketFile> files = new ArrayList<>();
        pages(start, "", page -> page.contents().forEach(each -> files.add(file(each))));
        return files;
    }

    private BucketFile file(S3Object each) {
        return new BucketFile(
                each.key().substring(prefix.length()),
                each.size(),
                each.lastModified().toEpochMilli(),
                Map.of());
    }

    private void pages(String start, String delimiter, Consumer<ListObjectsV2Response> page) {
        ListObjectsV2Request.Builder next =
                ListObjectsV2Request.builder().bucket(bucket).prefix(key(start)).maxKeys(sizes.page());
        if (!delimiter.isEmpty()) {
            next.delimiter(delimiter);
        }
        while (true) {
            ListObjectsV2Response read = doing("list " + shown(start), () -> s3.listObjectsV2(next.build()));
            page.accept(read);
            if (!Boolean.TRUE.equals(read.isTruncated())) {
                return;
            }
            next.continuationToken(read.nextContinuationToken());
        }
    }

    /** At most {@code length} bytes; fewer at the end, none beyond. */
    public byte[] read(String name, long from, int length) {
        if (length == 0) {
            return new byte[0];
        }
        try {
            return s3.getObjectAsBytes(
                            b -> b.bucket(bucket).key(key(name)).range("bytes=" + from + "-" + (from + length - 1)))
                    .asByteArray();
        } catch (SdkException e) {
            if (BucketFault.beyondEnd(e)) {
                return new byte[0];
            }
            throw BucketFault.of("read " + shown(name), e);
        }
    }

    public void put(String name, byte[] bytes, Map<String, String> marks) {
        var unused = doing(
                "write " + shown(name),
                () -> s3.putObject(b -> b.bucket(bucket).key(key(name)).metadata(marks), RequestBody.fromBytes(bytes)));
    }

    /** Replaces what is there. */
    public void put(String name, Path file) {
        doing("write " + shown(name), () -> {
            send(name, file, Map.of(), false);
            return name;
        });
    }

    /**
     * Puts a file only where nothing is.
     *
     * @param mark of this put: an object that has it is what was put before, when the answer was lost or the platform died
     * @return whether it is there; false: something else is
     */
    public boolean putIfAbsent(String name, Path file, String mark) {
        for (int conflicts = 0; ; conflicts++) {
            try {
                send(name, file, Map.of(MARK, mark), true);
                return true;
            } catch (SdkException e) {
                if (BucketFault.taken(e)) {
                    return find(name)
                            .filter(there -> mark.equals(there.marks().get(MARK)))
                            .isPresent();
                }
                if (!BucketFault.contended(e) || conflicts == MOST_CONFLICTS) {
                    throw BucketFault.of("write " + shown(name), e);
                }
            }
        }
    }

    private void send(String name, Path file, Map<String, String> marks, boolean ifAbsent) {
        long size = size(file);
        if (size > sizes.put()) {
            new Parts(s3, bucket, sizes.put()).put(key(name), file, size, marks, ifAbsent);
            return;
        }
        var unused = s3.putObject(
                b -> {
                    b.bucket(bucket).key(key(name)).metadata(marks);
                    if (ifAbsent) {
                        b.ifNoneMatch("*");
                    }
                },
                RequestBody.fromFile(file));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies an object within the folder, over what is there. */
    public void copy(String from, String to) {
        doing("copy " + shown(from) + " to " + shown(to), () -> {
            HeadObjectResponse head = s3.headObject(b -> b.bucket(bucket).key(key(from)));
            if (head.contentLength() > sizes.copy()) {
                new Parts(s3, bucket, sizes.copy()).copy(key(from), key(to), head.contentLength(), head.metadata());
            } else {
                var unused = s3.copyObject(b -> b.sourceBucket(bucket)
                        .sourceKey(key(from))
                        .destinationBucket(bucket)
                        .destinationKey(key(to)));
            }
            return to;
        });
    }

    /** What is not there is deleted already. */
    public void delete(Collection<String> names) {
        List<String> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += sizes.page()) {
            deletePage(all.subList(from, Math.min(all.size(), from + sizes.page())));
        }
    }

    private void deletePage(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        List<ObjectIdentifier> keys = names.stream()
                .map(name -> ObjectIdentifier.builder().key(key(name)).build())
                .toList();
        List<S3Error> refused = doing(
                        "delete in " + this,
                        () -> s3.deleteObjects(b ->
                                b.bucket(bucket).delete(d -> d.objects(keys).quiet(true))))
                .errors();
        if (!refused.isEmpty()) {
            S3Error first = refused.get(0);
            throw BucketFault.refused("delete s3://" + bucket + "/" + first.key(), first.code(), first.message());
        }
    }

    /** Deletes all objects whose names begin so. Safe to be cut off and repeated. */
    public void deleteAll(String start) {
        pages(
                start,
                "",
                page -> deletePage(page.contents().stream()
                        .map(each -> each.key().substring(prefix.length()))
                        .toList()));
    }
}
