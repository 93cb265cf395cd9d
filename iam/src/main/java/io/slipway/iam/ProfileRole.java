package io.slipway.iam;

/** An instance profile and the role that machines get keys of by it, both as resources. */
public record ProfileRole(String profileArn, String roleArn) {}
