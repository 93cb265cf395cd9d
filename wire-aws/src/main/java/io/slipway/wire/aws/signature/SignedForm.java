package io.slipway.wire.aws.signature;

/** A form for uploads that the holder of an access key has signed. */
public record SignedForm(Scope scope, PostForm policy) {}
