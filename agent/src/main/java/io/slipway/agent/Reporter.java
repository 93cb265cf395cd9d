package io.slipway.agent;

import java.io.IOException;

/** Tells the server at once what has changed while the long poll waits. */
final class Reporter implements Runnable {
    private static final long LOOK_MILLIS = 50;

    private final Reports reports;
    private final ServerLink link;
    private final NodeKey key;
    private final Backoff backoff = new Backoff();

    Reporter(Reports reports, ServerLink link, NodeKey key) {
        this.reports = reports;
        this.link = link;
        this.key = key;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                if (!key.value().isEmpty() && reports.due()) {
                    report();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }

    private void report() throws InterruptedException {
        Reports.Report report = reports.next();
        try {
            if (link.post("report", key.value(), report.body()).ok()) {
                reports.heard(report);
                backoff.reset();
                return;
            }
        } catch (IOException e) {
            // the long poll meets the same trouble and logs it
        }
        reports.lost();
        backoff.pause();
    }
}
