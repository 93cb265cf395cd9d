package io.slipway.content.notebook;

import io.slipway.content.notebook.ChangeSet.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What an editor does with its own changes when it hears of others': the browsers' side of the protocol, for tests. */
final class Rebase {
    private Rebase() {}

    /**
     * {@code change} as it must be after {@code other}, which was made to the same text.
     *
     * @param before where both put something at the same place, this one's comes first
     */
    static ChangeSet over(ChangeSet change, ChangeSet other, boolean before) {
        Deque<Part> mine = steps(change);
        Deque<Part> theirs = steps(other);
        List<Part> out = new ArrayList<>();
        while (!mine.isEmpty() || !theirs.isEmpty()) {
            Part a = mine.peek();
            Part b = theirs.peek();
            if (a != null && inserts(a) && (b == null || !inserts(b) || before)) {
                out.add(mine.remove());
            } else if (b != null && inserts(b)) {
                out.add(new Part(theirs.remove().inserted().length(), true, ""));
            } else {
                int length = Math.min(mine.peek().length(), theirs.peek().length());
                boolean keepMine = take(mine, length);
                boolean keepTheirs = take(theirs, length);
                if (keepTheirs) {
                    out.add(new Part(length, keepMine, ""));
                }
            }
        }
        return new ChangeSet(out);
    }

    private static boolean inserts(Part part) {
        return !part.inserted().isEmpty();
    }

    private static boolean take(Deque<Part> steps, int length) {
        Part first = steps.remove();
        if (first.length() > length) {
            steps.addFirst(new Part(first.length() - length, first.keep(), ""));
        }
        return first.keep();
    }

    /** Insertions alone, then deletions alone; nothing of length 0. */
    private static Deque<Part> steps(ChangeSet change) {
        Deque<Part> steps = new ArrayDeque<>();
        for (Part part : change.parts()) {
            if (inserts(part)) {
                steps.add(new Part(0, false, part.inserted()));
            }
            if (part.length() > 0) {
                steps.add(new Part(part.length(), part.keep(), ""));
            }
        }
        return steps;
    }
}
