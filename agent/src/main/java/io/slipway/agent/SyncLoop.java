package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/** Asks the server what is wanted, for ever, until it says that the node is released. */
final class SyncLoop {
    private final Supervisor supervisor;
    private final Requests requests;
    private final Reports reports;
    private final ServerLink link;
    private final NodeKey key;
    private final AgentLog log;
    private final Backoff backoff = new Backoff();
    private String trouble = "";

    SyncLoop(Supervisor supervisor, Requests requests, Reports reports, ServerLink link, NodeKey key, AgentLog log) {
        this.supervisor = supervisor;
        this.requests = requests;
        this.reports = reports;
        this.link = link;
        this.key = key;
        this.log = log;
    }

    /** Returns after the server has released the node. */
    void run() throws InterruptedException {
        boolean keyIsGood = !key.value().isEmpty();
        while (true) {
            try {
                int status = keyIsGood ? sync() : key.register();
                if (status == HttpURLConnection.HTTP_GONE) {
                    return;
                }
                if (status == HttpURLConnection.HTTP_OK) {
                    keyIsGood = true;
                    recovered();
                    continue;
                }
                // A refused key may be exchanged for a new one; a refused bootstrap token leaves the key we have as the
                // last hope.
                if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
                    keyIsGood = !keyIsGood && !key.value().isEmpty();
                }
                note("the server answered " + status);
            } catch (IOException e) {
                note("the server cannot be reached: " + e.getMessage());
            }
            backoff.pause();
        }
    }

    private int sync() throws IOException, InterruptedException {
        Reports.Report report = reports.next();
        ServerLink.Answer answer;
        try {
            answer = link.post("sync", key.value(), report.body());
        } catch (IOException e) {
            reports.lost();
            throw e;
        }
        if (!answer.ok()) {
            reports.lost();
            return answer.status();
        }
        reports.heard(report);
        apply(answer.body());
        long wait = answer.body().getLong("waitMillis", 0);
        if (wait > 0) {
            Thread.sleep(wait);
        }
        return answer.status();
    }

    private void apply(JsonObject answer) {
        if (answer.has("wanted")) {
            List<WantedProcess> wanted = new ArrayList<>();
            for (Object process : answer.getArray("wanted", new JsonArray())) {
                try {
                    wanted.add(WantedProcess.parse((JsonObject) process));
                } catch (Refused e) {
                    log.say("cannot understand a wanted process: " + e.getMessage());
                }
            }
            supervisor.want(answer.getLong("wantedVersion", 0), wanted);
        }
        requests.take(answer.getArray("requests", new JsonArray()));
    }

    /** Logs trouble once, not at every attempt. */
    private void note(String sentence) {
        if (!sentence.equals(trouble)) {
            log.say(sentence + "; trying again");
            trouble = sentence;
        }
    }

    private void recovered() {
        backoff.reset();
        if (!trouble.isEmpty()) {
            log.say("the server is there again");
            trouble = "";
        }
    }
}
