package io.slipway.content.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Notebooks as source files: {@code .py}, {@code .sql}, {@code .scala}, {@code .r}. Cells are divided by comment lines, foreign
 * cells hide behind {@code MAGIC} comments. What this writes is read back to the same notebook, and written again to the same
 * bytes (workspace API 2.0, format SOURCE).
 */
public final class NotebookSource {
    private static final String HEADER = " Databricks notebook source";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private NotebookSource() {}

    /** Whether {@code content} begins with the line that marks a notebook of this language. */
    public static boolean hasHeader(byte[] content, Language language) {
        int length = Math.min(content.length, 200);
        String beginning = new String(content, 0, length, StandardCharsets.UTF_8);
        String first = withoutMark(beginning).split("\r?\n", 2)[0];
        return header(first, language);
    }

    private static boolean header(String line, Language language) {
        String expected = language.comment() + HEADER;
        // Files of 2016 say when they were exported.
        return line.equals(expected) || line.startsWith(expected + " exported at ");
    }

    /** A file without the header becomes a notebook of one cell. */
    public static Notebook read(byte[] content, Language language) {
        String text = withoutMark(new String(content, StandardCharsets.UTF_8)).replace("\r\n", "\n");
        List<String> lines = List.of(text.split("\n", -1));
        if (!header(lines.get(0), language)) {
            return new Notebook(language, List.of(cell(trimLast(lines), language)));
        }
        List<String> rest = lines.subList(1, lines.size());
        Optional<Environment> environment = environment(rest, language);
        rest = rest.subList(environment.map(found -> found.block().size()).orElse(0), rest.size());
        List<Cell> cells = new ArrayList<>();
        for (List<String> part : split(rest, language)) {
            cells.add(cell(part, language));
        }
        return new Notebook(language, cells, environment, "");
    }

    private static Optional<Environment> environment(List<String> lines, Language language) {
        if (language != Language.PYTHON || lines.isEmpty() || !lines.get(0).equals(Environment.OPENING)) {
            return Optional.empty();
        }
        int closing = lines.indexOf(Environment.CLOSING);
        return closing < 0 ? Optional.empty() : Optional.of(Environment.read(lines.subList(0, closing + 1)));
    }

    /** The lines of each cell. A divider has one blank line on either side; hand-written files often leave them out. */
    private static List<List<String>> split(List<String> lines, Language language) {
        Pattern divider = Pattern.compile(Pattern.quote(language.comment()) + " COMMAND -{10,}\\s*");
        List<List<String>> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (divider.matcher(lines.get(i)).matches()) {
                List<String> part = trimFirst(lines.subList(start, i), parts.isEmpty());
                int last = part.size() - 1;
                parts.add(last >= 0 && part.get(last).isEmpty() ? part.subList(0, last) : part);
                start = i + 1;
            }
        }
        parts.add(trimLast(trimFirst(lines.subList(start, lines.size()), parts.isEmpty())));
        return parts;
    }

    private static List<String> trimFirst(List<String> part, boolean firstCell) {
        return firstCell || part.isEmpty() || !part.get(0).isEmpty() ? part : part.subList(1, part.size());
    }

    /** One final newline is what editors and Git add; it is not the author's. */
    private static List<String> trimLast(List<String> part) {
        int last = part.size() - 1;
        return last > 0 && part.get(last).isEmpty() ? part.subList(0, last) : part;
    }

    private static Cell cell(List<String> lines, Language language) {
        String titlePrefix = language.comment() + " DBTITLE ";
        String title = "";
        boolean shown = false;
        List<String> body = lines;
        if (!lines.isEmpty() && lines.get(0).matches(Pattern.quote(titlePrefix) + "[01],.*")) {
            String line = lines.get(0);
            shown = line.charAt(titlePrefix.length()) == '1';
            title = line.substring(titlePrefix.length() + 2);
            body = lines.subList(1, lines.size());
        }
        String magic = language.comment() + " MAGIC";
        boolean hidden =
                !body.isEmpty() && withoutMagic(body.get(0), magic).startsWith("%") && isMagic(body.get(0), magic);
        String text = hidden
                ? body.stream().map(line -> withoutMagic(line, magic)).collect(Collectors.joining("\n"))
                : String.join("\n", body);
        return new Cell(text, title, shown, !hidden && text.startsWith("%"), "");
    }

    private static boolean isMagic(String line, String magic) {
        return line.equals(magic) || line.startsWith(magic + " ");
    }

    private static String withoutMagic(String line, String magic) {
        if (!isMagic(line, magic)) {
            return line;
        }
        return line.length() == magic.length() ? "" : line.substring(magic.length() + 1);
    }

    /** No newline follows the last cell. */
    public static byte[] write(Notebook notebook) {
        String comment = notebook.language().comment();
        StringBuilder out = new StringBuilder(comment).append(HEADER).append('\n');
        notebook.environment()
                .filter(environment -> notebook.language() == Language.PYTHON)
                .ifPresent(environment ->
                        environment.block().forEach(line -> out.append(line).append('\n')));
        out.append(notebook.cells().stream()
                .map(cell -> write(cell, comment))
                .collect(Collectors.joining("\n\n" + comment + " COMMAND ----------\n\n")));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String write(Cell cell, String comment) {
        String title = cell.title().isEmpty() && !cell.titleShown()
                ? ""
                : comment + " DBTITLE " + (cell.titleShown() ? "1," : "0,")
                        + cell.title().replaceAll("\\R", " ") + "\n";
        if (cell.bare() || !hides(cell)) {
            return title + cell.text();
        }
        return title
                + Arrays.stream(cell.text().split("\n", -1))
                        .map(line -> line.isEmpty() ? comment + " MAGIC" : comment + " MAGIC " + line)
                        .collect(Collectors.joining("\n"));
    }

    /** Any line magic goes behind comments, also those of the kernel such as {@code %timeit}: else the file is not valid source. */
    private static boolean hides(Cell cell) {
        return cell.text().startsWith("%");
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
