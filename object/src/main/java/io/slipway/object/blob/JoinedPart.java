package io.slipway.object.blob;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a whole that was put together.
 *
 * @param start where it begins in the whole
 * @param checksum empty: none is known
 */
public record JoinedPart(int number, long start, long size, String checksum) {
    static List<JoinedPart> of(List<Piece> pieces) {
        List<JoinedPart> parts = new ArrayList<>();
        long start = 0;
        for (Piece piece : pieces) {
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last).number() == piece.part()) {
                JoinedPart before = parts.get(last);
                parts.set(
                        last,
                        new JoinedPart(
                                before.number(), before.start(), before.size() + piece.size(), before.checksum()));
            } else {
                parts.add(new JoinedPart(piece.part(), start, piece.size(), piece.checksum()));
            }
            start += piece.size();
        }
        return parts;
    }
}
