package io.slipway.content.tree;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A notebook as one HTML page that needs nothing from elsewhere: titles, texts, code and outputs. */
final class NotebookPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;--soft:#f5f6f7;--line:#dde1e4;--bad:#b42318}
            @media(prefers-color-scheme:dark){:root{--soft:#1d2226;--line:#343b41;--bad:#ff8a80}}
            body{font:14px/1.5 system-ui,sans-serif;max-width:64em;margin:2em auto;padding:0 1em}
            pre{font:12.5px/1.55 ui-monospace,monospace;padding:.7em .9em;margin:.4em 0;overflow:auto;white-space:pre-wrap}
            pre.code{background:var(--soft);border:1px solid var(--line);border-radius:4px}
            pre.stderr{color:var(--bad)}
            img{max-width:100%}
            iframe{width:100%;height:30em;border:1px solid var(--line);background:#fff;resize:vertical;overflow:auto}
            .table{overflow:auto;max-height:32em;border:1px solid var(--line)}
            table{border-collapse:collapse;font-size:12px}
            th,td{border:1px solid var(--line);padding:2px 8px;text-align:left}
            td.number{text-align:right;font-variant-numeric:tabular-nums}
            """;

    private static final List<TablesExtension> EXTENSIONS = List.of((TablesExtension) TablesExtension.create());
    private static final Parser MARKDOWN =
            Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private NotebookPage() {}

    static byte[] write(Notebook notebook, String name) {
        StringBuilder page = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(OutputPage.escaped(name))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(OutputPage.escaped(name))
                .append("</h1>\n");
        notebook.cells().forEach(cell -> cell(page, cell, cell.language(notebook.language())));
        return page.append("</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void cell(StringBuilder page, Cell cell, CellLanguage language) {
        if (cell.titleShown() && !cell.title().isEmpty()) {
            page.append("<h2>").append(OutputPage.escaped(cell.title())).append("</h2>\n");
        }
        if (language == CellLanguage.MARKDOWN) {
            page.append("<div>\n")
                    .append(RENDERER.render(MARKDOWN.parse(cell.code())))
                    .append("</div>\n");
            return;
        }
        page.append("<pre class=\"code\"><code class=\"language-")
                .append(language.word())
                .append("\">")
                .append(OutputPage.escaped(cell.text()))
                .append("</code></pre>\n");
        if (!cell.extra().isEmpty()) {
            NotebookJupyter.parse(cell.extra()).path("outputs").forEach(output -> OutputPage.write(page, output));
        }
    }
}
