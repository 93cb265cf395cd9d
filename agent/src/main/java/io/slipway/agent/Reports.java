package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;

/** Makes the bodies of sync and report, and remembers what the server has heard. */
final class Reports {
    private final String nodeId;
    private final String bootId;
    private final Supervisor supervisor;
    private final Requests requests;
    private final LoadMeter load;
    private long sequence;
    private long sentRevision = -1;
    private long heardRevision = -1;

    Reports(String nodeId, String bootId, Supervisor supervisor, Requests requests, LoadMeter load) {
        this.nodeId = nodeId;
        this.bootId = bootId;
        this.supervisor = supervisor;
        this.requests = requests;
        this.load = load;
    }

    record Report(JsonObject body, Snapshot snapshot, List<JsonObject> answers) {
        Report {
            answers = List.copyOf(answers);
        }
    }

    synchronized Report next() {
        Snapshot snapshot = supervisor.snapshot();
        List<JsonObject> answers = requests.answers();
        JsonObject body = new JsonObject();
        body.put("protocol", 1);
        body.put("nodeId", nodeId);
        body.put("agentPid", ProcessHandle.current().pid());
        body.put("bootId", bootId);
        body.put("sequence", ++sequence);
        body.put("ackWanted", snapshot.ackWanted());
        body.put("observed", snapshot.observed());
        body.put("answers", new JsonArray(answers));
        load.read().ifPresent(measured -> body.put("load", measured));
        sentRevision = snapshot.revision();
        return new Report(body, snapshot, answers);
    }

    /** The server has answered this one. */
    synchronized void heard(Report report) {
        heardRevision = Math.max(heardRevision, report.snapshot().revision());
        supervisor.acknowledge(report.snapshot());
        requests.acknowledge(report.answers());
    }

    /** Nobody knows whether the server got this one. */
    synchronized void lost() {
        sentRevision = heardRevision;
    }

    /** Whether there is something that is not even on its way. */
    synchronized boolean due() {
        return supervisor.revision() > sentRevision || requests.hasAnswers();
    }
}
