package io.slipway.driver.dbutils;

/** One part of dbutils, which can tell what it has. */
public abstract class Part {
    private final String part;

    Part(String part) {
        this.part = part;
    }

    public final void help() {
        System.out.print(Help.of(part));
    }

    public final void help(String command) {
        System.out.print(Help.of(part, command));
    }
}
