package io.slipway.server.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of a table for a terminal: the first column to the left, the others to the right. */
final class Aligned {
    private Aligned() {}

    static List<String> table(List<String> head, List<List<String>> rows) {
        List<Integer> widths = IntStream.range(0, head.size())
                .mapToObj(column -> Math.max(
                        head.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(head, widths));
        lines.add("  " + "-".repeat(widths.stream().mapToInt(Integer::intValue).sum() + 3 * (head.size() - 1)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder out = new StringBuilder("  ");
        for (int i = 0; i < cells.size(); i++) {
            String pad = " ".repeat(widths.get(i) - cells.get(i).length());
            out.append(i == 0 ? cells.get(i) + pad : "   " + pad + cells.get(i));
        }
        return out.toString().stripTrailing();
    }
}
