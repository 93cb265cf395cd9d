package io.slipway.identity;

import java.util.List;

/** Which entries are asked for. */
public sealed interface DirectoryFilter {
    DirectoryFilter ALL = new All(List.of());

    /** The same in other words. */
    <T> T in(Words<T> words);

    /** What a filter can say. */
    interface Words<T> {
        T all(List<T> parts);

        T any(List<T> parts);

        T not(T part);

        T present(Attribute attribute);

        T compare(Compare compare);
    }

    /** What can be compared. */
    enum Attribute {
        ID,
        NAME,
        DISPLAY_NAME,
        EXTERNAL_ID,
        ACTIVE,
        EMAIL,
        GIVEN_NAME,
        FAMILY_NAME,
        /** Of a group in which it is directly. */
        GROUP_ID,
        /** Of one who is in the group directly. */
        MEMBER_ID
    }

    enum Comparison {
        EQUAL,
        CONTAINS,
        STARTS,
        ENDS,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL
    }

    /** Texts are compared without regard to case. */
    record Compare(Attribute attribute, Comparison comparison, String value) implements DirectoryFilter {
        @Override
        public <T> T in(Words<T> words) {
            return words.compare(this);
        }
    }

    record Present(Attribute attribute) implements DirectoryFilter {
        @Override
        public <T> T in(Words<T> words) {
            return words.present(attribute);
        }
    }

    record All(List<DirectoryFilter> parts) implements DirectoryFilter {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public <T> T in(Words<T> words) {
            return words.all(parts.stream().map(part -> part.in(words)).toList());
        }
    }

    record Any(List<DirectoryFilter> parts) implements DirectoryFilter {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public <T> T in(Words<T> words) {
            return words.any(parts.stream().map(part -> part.in(words)).toList());
        }
    }

    record Not(DirectoryFilter part) implements DirectoryFilter {
        @Override
        public <T> T in(Words<T> words) {
            return words.not(part.in(words));
        }
    }

    /**
     * A part of a list.
     *
     * @param from of the first entry, from 0
     * @param count of entries at most
     * @param links whether groups and members are wanted
     */
    record Query(DirectoryFilter filter, Attribute sortBy, boolean ascending, long from, int count, boolean links) {}

    /** @param total entries that the filter lets through */
    record Found(List<Entry> entries, long total) {
        public Found {
            entries = List.copyOf(entries);
        }
    }
}
