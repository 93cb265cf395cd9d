package io.slipway.spark.driver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.spark.testing.FakeDrivers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class FakeDriversTest extends DriverClientContract {
    private static final int PORT = 4711;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final FakeDrivers drivers =
            new FakeDrivers(clock, Seam.QUIET, (context, command, spec) -> python(((CommandSpec.Code) spec).code()));

    FakeDriversTest() {
        drivers.open(PORT);
    }

    private static FakeDrivers.Ending python(String code) {
        List<ObjectNode> frames = new ArrayList<>();
        Duration takes = Duration.ofSeconds(1);
        CommandStatus.Outcome outcome = CommandStatus.Outcome.OK;
        for (String line : code.split("\n")) {
            ObjectNode frame = JsonNodeFactory.instance.objectNode();
            if (line.startsWith("print('")) {
                String text = line.substring(7, line.indexOf('\'', 7)) + "\n";
                frames.add(frame.put("type", "stream").put("name", "stdout").put("text", text));
            } else if (line.equals("1/0")) {
                frame.put("type", "error").put("ename", "ZeroDivisionError").put("evalue", "division by zero");
                frame.putArray("traceback");
                frames.add(frame);
                outcome = CommandStatus.Outcome.ERROR;
            } else if (line.equals("time.sleep(600)")) {
                takes = Duration.ofMinutes(1);
            }
        }
        return new FakeDrivers.Ending(outcome, takes, frames);
    }

    @Override
    protected void passTime() {
        clock.advance(Duration.ofMillis(100));
    }

    @Override
    protected DriverClient client() {
        return drivers;
    }

    @Override
    protected DriverEndpoint driver() {
        return new DriverEndpoint("127.0.0.1", PORT, "token");
    }
}
