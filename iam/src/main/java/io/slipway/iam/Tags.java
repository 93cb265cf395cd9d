package io.slipway.iam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** Words that people give to things, which conditions of policies may ask about. Keys differ in more than case. */
final class Tags {
    private Tags() {}

    static void add(IamCall call, EntityKind kind, String name, Map<String, String> tags, String action) {
        call.change(handle -> {
            Entity entity = call.entity(handle, kind, name, action, IamCall.wantedTags(tags));
            Map<String, String> all = new LinkedHashMap<>(entity.tags());
            tags.forEach((key, value) -> put(all, key, value));
            if (all.size() > Checks.MOST_TAGS) {
                throw IamFault.limit("The number of tags has reached the maximum limit.");
            }
            call.records().entities().update(handle, entity.tagged(all));
        });
    }

    /** What is there in another case is written anew in its place. */
    private static void put(Map<String, String> all, String key, String value) {
        String there =
                all.keySet().stream().filter(key::equalsIgnoreCase).findFirst().orElse(key);
        if (!there.equals(key)) {
            all.remove(there);
        }
        all.put(key, value);
    }

    static void remove(IamCall call, EntityKind kind, String name, List<String> folded, String action) {
        call.change(handle -> {
            Entity entity = call.entity(handle, kind, name, action);
            Map<String, String> all = new LinkedHashMap<>(entity.tags());
            all.keySet().removeIf(key -> folded.contains(EntityStore.folded(key)));
            call.records().entities().update(handle, entity.tagged(all));
        });
    }

    static Pages.Slice<Tag> list(IamCall call, EntityKind kind, String name, Pages pages, String action) {
        return call.read(handle -> pages.byPlace(
                Shapes.tags(call.entity(handle, kind, name, action).tags())));
    }

    /** Only the account's own policies have tags. */
    static String policyName(IamCall call, @Nullable String policyArn) {
        String arn = Attachments.arn(policyArn);
        if (!arn.startsWith(Attachments.prefix(call.account()))) {
            throw IamFault.input("Policy is outside your own account.");
        }
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
