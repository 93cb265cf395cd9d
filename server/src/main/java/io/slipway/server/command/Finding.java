package io.slipway.server.command;

/** A line of the doctor. */
record Finding(Verdict verdict, String what, String words) {
    /** What a finding means. */
    enum Verdict {
        /** Nothing is to be done. */
        OK("ok"),
        /** Something to know. */
        NOTE("note"),
        /** Something that must not be so. */
        FAIL("FAIL");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    static Finding good(String what, String words) {
        return new Finding(Verdict.OK, what, words);
    }

    static Finding note(String what, String words) {
        return new Finding(Verdict.NOTE, what, words);
    }

    static Finding bad(String what, String words) {
        return new Finding(Verdict.FAIL, what, words);
    }

    @Override
    public String toString() {
        return String.format("%-5s %-9s %s", verdict.word, what, words);
    }
}
