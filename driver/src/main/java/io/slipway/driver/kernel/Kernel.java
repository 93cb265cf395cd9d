package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.command.Command;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Completion;
import java.util.Optional;

/**
 * Runs the commands of one language in one context. A context calls {@link #run} from one thread, one command after the other;
 * {@link #interrupt} comes from any other thread while a command runs.
 */
public interface Kernel extends AutoCloseable {
    /** Runs to the end. What the user's code does wrong becomes an error frame and {@link Outcome#ERROR}, never an exception. */
    Outcome run(Command command) throws InterruptedException;

    /** Stops what runs now, as well as the language can. Spark jobs are cancelled by the caller. */
    void interrupt();

    /** False once the kernel cannot take another command; the context then makes a new one. */
    default boolean alive() {
        return true;
    }

    /** Proposals for the text before {@code cursor}. */
    default Completion complete(String code, int cursor) throws InterruptedException {
        return Completion.none(cursor);
    }

    /** What is known of the name at {@code cursor}, as a Jupyter MIME bundle. */
    default Optional<JsonNode> inspect(String code, int cursor) throws InterruptedException {
        return Optional.empty();
    }

    @Override
    void close();
}
