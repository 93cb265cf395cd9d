package io.slipway.content.notebook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which cell of a notebook becomes which when another text is written over it: cells of the same id first, then the longest common
 * row of equal texts, then what stands between two of them, in order.
 */
final class CellMatching {
    /** Above this the table of common rows is not worth its memory. */
    private static final int LARGEST_TABLE = 4_000_000;

    private CellMatching() {}

    /** For each wanted cell the present one that it was; each present cell is used at most once. */
    static List<Optional<NotebookCell>> match(List<NotebookCell> present, List<DocumentText.Wanted> wanted) {
        Map<String, NotebookCell> byId = new HashMap<>();
        present.forEach(cell -> byId.put(cell.id(), cell));
        List<Optional<NotebookCell>> partners = new ArrayList<>();
        Set<String> used = new HashSet<>();
        boolean ids = false;
        for (DocumentText.Wanted each : wanted) {
            NotebookCell same = each.id().isEmpty() ? null : byId.get(each.id());
            boolean free = same != null && used.add(same.id());
            partners.add(free ? Optional.ofNullable(same) : Optional.empty());
            ids |= !each.id().isEmpty();
        }
        return ids ? partners : byText(present, wanted);
    }

    private static List<Optional<NotebookCell>> byText(List<NotebookCell> present, List<DocumentText.Wanted> wanted) {
        int[] partner = common(present, wanted);
        List<Optional<NotebookCell>> partners = new ArrayList<>();
        int free = 0;
        for (int i = 0; i < wanted.size(); i++) {
            if (partner[i] >= 0) {
                partners.add(Optional.of(present.get(partner[i])));
                free = partner[i] + 1;
                continue;
            }
            int limit = present.size();
            for (int j = i + 1; j < wanted.size() && limit == present.size(); j++) {
                limit = partner[j] >= 0 ? partner[j] : limit;
            }
            partners.add(free < limit ? Optional.of(present.get(free++)) : Optional.empty());
        }
        return partners;
    }

    /** For each wanted cell the index of its equal in the longest common row, or -1. */
    private static int[] common(List<NotebookCell> present, List<DocumentText.Wanted> wanted) {
        int[] partner = new int[wanted.size()];
        java.util.Arrays.fill(partner, -1);
        int start = 0;
        while (start < present.size() && start < wanted.size() && same(present, start, wanted, start)) {
            partner[start] = start;
            start++;
        }
        int rows = present.size() - start;
        int columns = wanted.size() - start;
        if ((long) rows * columns > LARGEST_TABLE) {
            return partner;
        }
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = same(present, start + i, wanted, start + j)
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (same(present, start + i, wanted, start + j)) {
                partner[start + j++] = start + i++;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return partner;
    }

    private static boolean same(List<NotebookCell> present, int i, List<DocumentText.Wanted> wanted, int j) {
        return present.get(i).cell().text().equals(wanted.get(j).cell().text());
    }
}
