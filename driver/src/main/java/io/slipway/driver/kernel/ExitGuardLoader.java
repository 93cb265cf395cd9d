package io.slipway.driver.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;
import org.apache.xbean.asm9.Type;

/**
 * Loads a job's own jars with every call of {@code System.exit} turned into an exception, and every call that stops Spark into a
 * word on stderr: programs made for spark-submit end that way, and here it would end the driver of everybody. Java has no security
 * manager any more that could refuse the call. What is not caught: {@code Runtime.exit} and {@code halt}, calls by reflection or
 * through an interface, method references, and calls in classes of Spark or the runtime.
 */
public final class ExitGuardLoader extends URLClassLoader {
    private static final Set<String> SPARK = Set.of(
            "org/apache/spark/SparkContext",
            "org/apache/spark/api/java/JavaSparkContext",
            "org/apache/spark/sql/SparkSession",
            "org/apache/spark/sql/classic/SparkSession");

    private final URL[] jars;

    /** The program called {@code System.exit}. */
    public static final class Exit extends Error {
        private static final long serialVersionUID = 1L;

        private final int status;

        Exit(int status) {
            super("System.exit(" + status + ")");
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    ExitGuardLoader(URL[] jars, ClassLoader parent) {
        super(jars, parent);
        this.jars = jars;
    }

    /** What the programs call instead. */
    @SuppressWarnings("DoNotCallSuggester") // Only rewritten code calls it.
    public static void exit(int status) {
        throw new Exit(status);
    }

    /** What the programs call instead of {@code spark.stop()}. */
    public static void stop(Object spark) {
        System.err.println("stop() is ignored: the Spark session belongs to the cluster");
    }

    /** As {@link #stop(Object)}, for {@code SparkContext.stop(int)}. */
    public static void stop(Object spark, int exitCode) {
        stop(spark);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        URL resource = findResource(name.replace('.', '/') + ".class");
        if (resource == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = resource.openStream()) {
            byte[] code = guard(in.readAllBytes());
            int dot = name.lastIndexOf('.');
            if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
                definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
            }
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " in " + jars.length + " jars", e);
        }
    }

    private static byte[] guard(byte[] original) {
        var reader = new ClassReader(original);
        var writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Rewriter(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Rewriter extends MethodVisitor {
        private static final Set<String> STOPS = Set.of("stop()V", "stop(I)V", "close()V");

        Rewriter(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        private void guard(String name, String descriptor) {
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, Type.getInternalName(ExitGuardLoader.class), name, descriptor, false);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (opcode == Opcodes.INVOKESTATIC && owner.equals("java/lang/System") && name.equals("exit")) {
                guard(name, descriptor);
            } else if (opcode == Opcodes.INVOKEVIRTUAL && SPARK.contains(owner) && STOPS.contains(name + descriptor)) {
                guard("stop", descriptor.replace("(", "(Ljava/lang/Object;"));
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }
    }
}
