/** AWS accounts in one installation: who is in them, and who may do what. Whoever guards a thing of AWS asks an {@link AwsCaller}. */
@NullMarked
package io.slipway.iam;

import org.jspecify.annotations.NullMarked;
