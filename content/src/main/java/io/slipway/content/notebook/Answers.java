package io.slipway.content.notebook;

import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.Answer;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;

/** What people type for cells that ask for it. Only who may run the notebook's code may tell it something. */
public final class Answers {
    private final NotebookRuns runs;
    private final Drivers drivers;
    private final DriverClient client;

    public Answers(NotebookRuns runs, Drivers drivers, DriverClient client) {
        this.runs = runs;
        this.drivers = drivers;
        this.client = client;
    }

    /**
     * @param command that asks
     * @throws PlatformException INVALID_STATE when nobody waits for the answer
     */
    public void give(Caller caller, long objectId, String command, String text) {
        Document document = runs.withContext(caller, objectId).orElseThrow(Answers::late);
        runs.requireRunner(caller, document);
        var driver = drivers.find(document.clusterId()).orElseThrow(Answers::late);
        try {
            client.answer(driver.endpoint(), document.contextId(), command, new Answer(text));
        } catch (PlatformException e) {
            throw e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.INVALID_STATE ? late() : e;
        }
    }

    private static PlatformException late() {
        return PlatformException.invalidState("The cell does not wait for an answer any more.");
    }
}
