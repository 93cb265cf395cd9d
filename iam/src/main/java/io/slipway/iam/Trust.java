package io.slipway.iam;

import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who may take a role: policies that must name somebody who is there. */
final class Trust {
    private Trust() {}

    /**
     * Users and roles of accounts of this installation must be there; of other accounts nothing is known here, and such a policy lets
     * nobody in.
     */
    static void check(IamRecords records, Handle handle, String text) {
        PolicyDocument document = IamFault.policy(PolicyKind.TRUST, text);
        for (String name : document.awsPrincipals()) {
            Optional<Arn> arn = Arn.of(name).filter(each -> each.service().equals("iam"));
            if (arn.isPresent() && !there(records, handle, arn.get())) {
                throw IamFault.malformed("Invalid principal in policy: \"AWS\":\"" + name + "\"");
            }
        }
    }

    private static boolean there(IamRecords records, Handle handle, Arn arn) {
        boolean known = arn.owner()
                .flatMap(account -> records.accounts().find(handle, account))
                .isPresent();
        Optional<EntityKind> kind = arn.resource().startsWith("user/")
                ? Optional.of(EntityKind.USER)
                : arn.resource().startsWith("role/") ? Optional.of(EntityKind.ROLE) : Optional.empty();
        if (!known || kind.isEmpty()) {
            return true;
        }
        String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
        return records.entities()
                .named(handle, arn.owner().orElseThrow(), kind.get(), name)
                .filter(each -> each.arn().equals(arn.toString()))
                .isPresent();
    }
}
