package io.slipway.driver.kernel;

import io.slipway.driver.command.Scope;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.ContextSpec.Library;
import io.slipway.protocol.driver.Frame;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The kernels of one context, made when they are first needed and made again when they have died. */
public final class Kernels implements AutoCloseable {
    private final Scope scope;
    private final PythonSpare pythonSpare;
    private final Map<String, Kernel> kernels = new HashMap<>();
    private boolean closed;

    public Kernels(Scope scope, PythonSpare pythonSpare) {
        this.scope = scope;
        this.pythonSpare = pythonSpare;
    }

    /** What a context must have before its first command: its libraries, and the kernel of its own language. */
    public void prepare() throws IOException, InterruptedException {
        PythonCommands.write(scope);
        var python = new ArrayList<String>();
        for (Library library : scope.spec().libraries()) {
            switch (library.kind()) {
                case "jar" -> scope.spark().addJar(local(library.value()).toString());
                case "whl" -> python.add(local(library.value()).toString());
                case "pypi" -> python.add(library.value());
                case "requirements" ->
                    python.addAll(List.of("-r", local(library.value()).toString()));
                default -> throw new IOException("libraries of kind " + library.kind() + " cannot be installed");
            }
        }
        if (!python.isEmpty()) {
            python.add(0, "install");
            var text = new StringBuilder();
            var output = new Frames(
                    (seq, frame, bytes) -> text.append(frame instanceof Frame.Stream stream ? stream.text() : ""));
            if (new PipKernel(scope).pip(python, output) == Outcome.ERROR) {
                throw new IOException("the Python libraries could not be installed: " + text);
            }
        }
        String language = scope.spec().language();
        if (language.equals("python") || language.equals("scala")) {
            of(language);
        }
    }

    public Kernel of(CommandSpec spec) throws IOException, InterruptedException {
        if (spec instanceof CommandSpec.Code code) {
            return of(code.language());
        }
        return of(spec instanceof CommandSpec.Jar ? "jar" : "python");
    }

    /** The kernel of a language, if it has been needed already and lives. */
    public synchronized Optional<Kernel> ready(String language) {
        return Optional.ofNullable(kernels.get(language)).filter(Kernel::alive);
    }

    private Kernel of(String language) throws IOException, InterruptedException {
        synchronized (this) {
            Kernel known = kernels.get(language);
            if (known != null && known.alive()) {
                return known;
            }
            if (known != null) {
                known.close();
            }
        }
        Kernel made = make(language);
        synchronized (this) {
            if (closed) {
                made.close();
                throw new InterruptedException("the context was deleted");
            }
            kernels.put(language, made);
        }
        return made;
    }

    private Kernel make(String language) throws IOException, InterruptedException {
        return switch (language) {
            case "python" -> new PythonKernel(scope, pythonSpare);
            case "sql" -> new SqlKernel(scope);
            case "scala" -> new ScalaKernel(scope);
            case "sh" -> new ShellKernel(scope);
            case "fs" -> new FilesKernel(scope);
            case "pip" -> new PipKernel(scope);
            case "widgets" -> new WidgetsKernel(scope);
            case "jar" -> new JarKernel(scope, jars());
            case "r" -> new AbsentKernel("R is not installed on this runtime");
            default -> new AbsentKernel("unknown language: " + language);
        };
    }

    private List<URL> jars() throws IOException {
        var urls = new ArrayList<URL>();
        for (Library library : scope.spec().libraries()) {
            if (library.kind().equals("jar")) {
                urls.add(local(library.value()).toUri().toURL());
            }
        }
        return urls;
    }

    /** Libraries lie on {@code dbfs:/} or are files of this machine. */
    private Path local(String library) throws IOException {
        String path = library.startsWith("file:") ? java.net.URI.create(library).getPath() : library;
        if (path.startsWith("dbfs:/")) {
            return onDbfs(path.substring("dbfs:/".length()).replaceFirst("^/+", ""));
        }
        if (path.startsWith("/dbfs/") && !Files.exists(Path.of(path))) {
            return onDbfs(path.substring("/dbfs/".length()));
        }
        return Path.of(path);
    }

    /** From a bucket it is fetched, once for this context: into a folder of its own, since its name says what it is. */
    private Path onDbfs(String path) throws IOException {
        if (scope.config().dbfsBucket().isEmpty()) {
            return Path.of(scope.config().dbfsRoot()).resolve(path);
        }
        String folder =
                UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString();
        Path copy = scope.directory()
                .resolve("libraries")
                .resolve(folder)
                .resolve(path.substring(path.lastIndexOf('/') + 1));
        if (!Files.exists(copy)) {
            var from = new org.apache.hadoop.fs.Path("dbfs:/" + path);
            Files.createDirectories(copy.getParent());
            Path growing = copy.resolveSibling("growing");
            try (var in =
                    from.getFileSystem(scope.spark().hadoopConfiguration()).open(from)) {
                Files.copy(in, growing, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(growing, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    @Override
    public synchronized void close() {
        closed = true;
        kernels.values().forEach(Kernel::close);
        kernels.clear();
    }
}
