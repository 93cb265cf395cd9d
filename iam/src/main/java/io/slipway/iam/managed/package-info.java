/** Policies that AWS keeps for all accounts: what each allows, as data. */
@NullMarked
package io.slipway.iam.managed;

import org.jspecify.annotations.NullMarked;
