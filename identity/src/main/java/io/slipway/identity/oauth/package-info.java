/** OAuth 2.0: tokens for programs of a service principal, and for programs that a person lets act as them. */
@NullMarked
package io.slipway.identity.oauth;

import org.jspecify.annotations.NullMarked;
