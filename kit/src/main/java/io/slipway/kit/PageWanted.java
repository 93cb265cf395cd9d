package io.slipway.kit;

/**
 * Which page of an ordered list is wanted.
 *
 * @param size at most so many rows
 * @param token where the page begins; empty = at the beginning of the list
 * @param offset how many rows are left out at the beginning, for calls that count rows; a token is the better way
 */
public record PageWanted(int size, String token, int offset) {
    /** What an offset leaves out is read all the same, so it has a bound. */
    public static final int MOST_OFFSET = 100_000;

    /** All rows: for calls of APIs that know no pages. */
    public static final PageWanted ALL = first(Integer.MAX_VALUE - 1);

    public PageWanted {
        if (offset < 0 || offset > MOST_OFFSET) {
            throw PlatformException.invalid("offset must be between 0 and " + MOST_OFFSET + ", got " + offset
                    + "; use page_token to go on from there.");
        }
    }

    public static PageWanted first(int size) {
        return new PageWanted(size, "", 0);
    }

    /** @param token of the wanted page, empty for the first */
    public static PageWanted at(String token, int size) {
        return new PageWanted(size, token, 0);
    }
}
