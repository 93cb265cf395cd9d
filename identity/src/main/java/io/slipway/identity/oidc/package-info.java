/** OpenID Connect: the company's provider by which people sign in, and what is known of any issuer of tokens elsewhere. */
@NullMarked
package io.slipway.identity.oidc;

import org.jspecify.annotations.NullMarked;
