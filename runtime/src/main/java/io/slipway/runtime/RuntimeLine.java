package io.slipway.runtime;

/**
 * One supported combination of Spark, Delta, Scala and Java.
 *
 * @param id for instance {@code spark-4.2}
 * @param sparkVersion for instance {@code 4.2.1}
 * @param scalaVersion binary version, {@code 2.13}
 * @param deltaVersion for instance {@code 4.4.0}
 * @param javaVersion feature release that the runtime brings along on x86-64, 25 or 17
 * @param lts whether it is offered as long-term support
 */
public record RuntimeLine(
        String id,
        String sparkVersion,
        String scalaVersion,
        String deltaVersion,
        int javaVersion,
        boolean lts,
        RuntimeLock lock) {

    static RuntimeLine parse(byte[] lockFile) {
        RuntimeLock.Document file = RuntimeLock.Document.read(lockFile);
        RuntimeLock lock = new RuntimeLock(
                Sha256.of(lockFile).substring(0, 8), file.artefacts(), file.bundledJars(), file.environments());
        return new RuntimeLine(file.line(), file.spark(), file.scala(), file.delta(), file.java(), file.lts(), lock);
    }
}
