package io.slipway.platform.workspace;

import java.nio.charset.StandardCharsets;

/** A notebook as one plain HTML page: titles and code, nothing from elsewhere, no scripts. */
final class NotebookPage {
    private NotebookPage() {}

    static byte[] write(Notebook notebook, String name) {
        StringBuilder page = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(escaped(name))
                .append("</title>\n<style>body{font-family:sans-serif;max-width:60em;margin:2em auto}")
                .append("pre{background:#f6f6f6;padding:.8em;overflow:auto}</style>\n</head>\n<body>\n<h1>")
                .append(escaped(name))
                .append("</h1>\n");
        for (Cell cell : notebook.cells()) {
            if (cell.titleShown() && !cell.title().isEmpty()) {
                page.append("<h2>").append(escaped(cell.title())).append("</h2>\n");
            }
            CellLanguage language = cell.language(notebook.language());
            if (language == CellLanguage.MARKDOWN) {
                page.append("<div style=\"white-space:pre-wrap\">")
                        .append(escaped(cell.code()))
                        .append("</div>\n");
            } else {
                page.append("<pre><code class=\"language-")
                        .append(language.word())
                        .append("\">")
                        .append(escaped(cell.text()))
                        .append("</code></pre>\n");
            }
        }
        return page.append("</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
