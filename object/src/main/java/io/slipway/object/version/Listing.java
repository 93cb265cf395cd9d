package io.slipway.object.version;

import io.slipway.object.bucket.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes one page of a list. What lies below a common prefix is not read: the look goes on behind it. How many rows are read at once
 * follows from what was found: many where each is told, few where most are skipped.
 */
final class Listing {
    private static final int FEW = 16;

    private final Versions versions;
    private final Handle handle;
    private final Bucket bucket;
    private final String prefix;
    private final Optional<String> delimiter;
    private final boolean all;

    private final List<Listed> objects = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private String last = "";
    private Optional<String> lastVersion = Optional.empty();

    /**
     * @param last key or common prefix
     * @param lastVersion of that key; empty behind a prefix
     */
    record Page(List<Listed> objects, List<String> prefixes, boolean more, String last, Optional<String> lastVersion) {}

    /** @param all versions, not only what keys mean */
    Listing(Versions versions, Handle handle, Bucket bucket, String prefix, Optional<String> delimiter, boolean all) {
        this.versions = versions;
        this.handle = handle;
        this.bucket = bucket;
        this.prefix = prefix;
        this.delimiter = delimiter;
        this.all = all;
    }

    /** @param after a key, or a common prefix that was told; empty: from the beginning */
    Page page(String after, int most) {
        return page(after, Optional.empty(), most);
    }

    /** @param rank of the version of {@code after} behind which it begins; empty: behind all of them */
    Page page(String after, Optional<Long> rank, int most) {
        if (most == 0) {
            return new Page(List.of(), List.of(), false, "", Optional.empty());
        }
        Optional<Span> span = begin(after, rank);
        int batch = delimiter.isPresent() ? FEW : most + 1;
        while (span.isPresent()) {
            List<Listed> rows = versions.listed(handle, bucket, span.get(), all, batch);
            Optional<String> skipped = Optional.empty();
            for (Listed row : rows) {
                if (skipped.filter(row.key()::startsWith).isPresent()) {
                    continue;
                }
                if (objects.size() + prefixes.size() == most) {
                    return new Page(objects, prefixes, true, last, lastVersion);
                }
                skipped = common(row.key());
                tell(row, skipped);
            }
            if (rows.size() < batch) {
                break;
            }
            Listed end = rows.get(rows.size() - 1);
            if (skipped.isPresent()) {
                span = span.get().behindAll(skipped.get());
                batch = FEW;
            } else {
                span = Optional.of(
                        all
                                ? span.get().after(end.key(), end.rank())
                                : span.get().after(end.key()));
                batch = Math.min(most + 1, batch * 4);
            }
        }
        return new Page(objects, prefixes, false, last, lastVersion);
    }

    private Optional<Span> begin(String after, Optional<Long> rank) {
        Span whole = Span.of(prefix);
        if (!after.startsWith(prefix)) {
            return Span.before(after, prefix) ? Optional.of(whole) : Optional.empty();
        }
        if (after.isEmpty()) {
            return Optional.of(whole);
        }
        Optional<String> told = common(after);
        if (told.isPresent()) {
            return whole.behindAll(told.get());
        }
        return Optional.of(rank.isPresent() ? whole.after(after, rank.get()) : whole.after(after));
    }

    private void tell(Listed row, Optional<String> common) {
        if (common.isPresent()) {
            prefixes.add(common.get());
            last = common.get();
            lastVersion = Optional.empty();
        } else {
            objects.add(row);
            last = row.key();
            lastVersion = Optional.of(row.id());
        }
    }

    /** What a key is told by together with others. */
    private Optional<String> common(String key) {
        if (delimiter.isEmpty() || !key.startsWith(prefix)) {
            return Optional.empty();
        }
        int at = key.indexOf(delimiter.get(), prefix.length());
        return at < 0
                ? Optional.empty()
                : Optional.of(key.substring(0, at + delimiter.get().length()));
    }
}
