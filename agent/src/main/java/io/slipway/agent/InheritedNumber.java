package io.slipway.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The number that marks a process and all that come from it. It is the soft limit of file locks (RLIMIT_LOCKS), which Linux keeps,
 * hands on by fork and exec and shows to everybody, but has not enforced since 2.4.25 (getrlimit(2)). So it stays on a process that
 * empties its environment, leaves its session and outlives its parents, and nobody has to be alive to remember it.
 */
final class InheritedNumber {
    /** Upper bits tell the node, lower bits the process; together at most 18 digits, which any shell counts with. */
    private static final int NODE_BITS = 36;

    private static final int PROCESS_BITS = 22;

    private InheritedNumber() {}

    /** Numbers from {@code first} to {@code last}, both included. */
    record Range(long first, long last) {
        boolean contains(long number) {
            return first <= number && number <= last;
        }
    }

    static Range ofNode(String nodeId) {
        long first = hash(nodeId, NODE_BITS) << PROCESS_BITS;
        return new Range(first, first + (1L << PROCESS_BITS) - 1);
    }

    static Range ofProcess(String nodeId, String process) {
        long number = ofNode(nodeId).first() + hash(process, PROCESS_BITS);
        return new Range(number, number);
    }

    private static long hash(String text, int bits) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - bits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
