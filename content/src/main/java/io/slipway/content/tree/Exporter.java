package io.slipway.content.tree;

import io.slipway.content.tree.Content.StoredAs;
import io.slipway.kit.PlatformException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;

/** Turns stored objects into the format that was asked for, within one view of the database. */
final class Exporter {
    private final TreeStore store;
    private final TreeFiles files;
    private final OpenNotebooks open;
    private final Handle handle;

    Exporter(TreeStore store, TreeFiles files, OpenNotebooks open, Handle handle) {
        this.store = store;
        this.files = files;
        this.open = open;
        this.handle = handle;
    }

    /** What the object holds now: of an open notebook, what has been typed. */
    Content content(TreeObject object) {
        return open.find(handle, object.id())
                .filter(notebook -> object.type() == ObjectType.NOTEBOOK)
                .map(Content::open)
                .orElseGet(() -> store.content(handle, object));
    }

    Exported export(TreeObject object, Format format) {
        TreePath path = new TreePath(object.path());
        return switch (object.type()) {
            case NOTEBOOK -> notebook(object, path.name(), format);
            case FILE -> {
                if (format != Format.SOURCE && format != Format.AUTO && format != Format.RAW) {
                    throw refused(object, format);
                }
                yield new Exported(path.name(), bytes(object));
            }
            case DIRECTORY -> {
                if (format != Format.SOURCE && format != Format.AUTO) {
                    throw refused(object, format);
                }
                yield new Exported((path.root() ? "workspace" : path.name()) + ".zip", zip(object, path));
            }
        };
    }

    /** Of a file of an earlier version that has not come to the disk yet, those in the database. */
    private byte[] bytes(TreeObject file) {
        return store.hasContent(handle, file) ? store.content(handle, file).bytes() : files.read(file);
    }

    private Exported notebook(TreeObject object, String name, Format format) {
        Content content = content(object);
        Language language = object.language().orElse(Language.PYTHON);
        return switch (format) {
            case SOURCE, AUTO, RAW -> {
                // What is stored as source is what was read from it and written again: a copy will do.
                byte[] bytes = content.storedAs() == StoredAs.SOURCE
                        ? content.bytes()
                        : NotebookSource.write(content.notebook(language));
                yield new Exported(name + "." + language.extension(), bytes);
            }
            case JUPYTER -> new Exported(name + ".ipynb", NotebookJupyter.write(withOutputs(object, language), name));
            case HTML -> new Exported(name + ".html", NotebookPage.write(withOutputs(object, language), name));
            case DBC, R_MARKDOWN -> throw refused(object, format);
        };
    }

    private Notebook withOutputs(TreeObject object, Language language) {
        return open.withOutputs(handle, object.id())
                .orElseGet(() -> store.content(handle, object).notebook(language));
    }

    private byte[] zip(TreeObject top, TreePath folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long total = 0;
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (TreeObject object : store.tree(handle, top)) {
                TreePath path = new TreePath(object.path());
                if (path.equals(folder)) {
                    continue;
                }
                String below = path.value()
                        .substring(folder.root() ? 1 : folder.value().length() + 1);
                if (object.type() == ObjectType.DIRECTORY) {
                    zip.putNextEntry(entry(below + "/", object));
                } else {
                    Exported exported = export(object, Format.SOURCE);
                    total += exported.content().length;
                    if (total > Arrival.LARGEST) {
                        throw Arrival.tooLarge(total);
                    }
                    String inFolder =
                            below.substring(0, below.length() - path.name().length());
                    zip.putNextEntry(entry(inFolder + exported.fileName(), object));
                    zip.write(exported.content());
                }
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a zip to memory", e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(String name, TreeObject object) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(object.modifiedAt());
        return entry;
    }

    private static PlatformException refused(TreeObject object, Format format) {
        return PlatformException.invalid(
                "Export of " + object.path() + ", a " + object.type() + ", in format " + format + " is not supported.");
    }
}
