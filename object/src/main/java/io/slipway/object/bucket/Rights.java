package io.slipway.object.bucket;

import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Decision;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Request;
import io.slipway.object.fault.S3Fault;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.model.Permission;

/** The rule who may do what with buckets and what is in them, which all doors of this area share. */
public final class Rights {
    private static final String ALL = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"*","Resource":"*"}]}
            """;

    /** Whoever the bucket belongs to can mend its policy, whatever that says. */
    private static final Set<String> OF_POLICY =
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

    /** What a list gives to a group, told as a policy. */
    private static final Policies.Named GIVEN_TO_GROUP =
            new Policies.Named("access control list", PolicyDocument.parse(PolicyKind.RESOURCE, ALL.formatted("*")));

    private final Function<AccountId, String> canonical;

    /** @param canonical by which S3 knows accounts: 64 hexadecimal digits */
    public Rights(Function<AccountId, String> canonical) {
        this.canonical = canonical;
    }

    public String canonical(AccountId account) {
        return canonical.apply(account);
    }

    /** Throws AccessDenied, in the words of AWS. */
    public void check(Visitor visitor, Bucket bucket, Wish wish) {
        refusal(visitor, bucket, wish).ifPresent(why -> {
            throw S3Fault.accessDenied(why);
        });
    }

    /**
     * As {@link #check(Visitor, Bucket, Wish)}, about something that has begun: whoever began it needs nobody's leave, unless a policy
     * denies it.
     *
     * @param initiator who began it, by their name; empty: it is not there
     */
    public void check(Visitor visitor, Bucket bucket, Wish wish, Optional<String> initiator) {
        boolean own = visitor.signed()
                && initiator.filter(visitor.caller().requester().arn()::equals).isPresent();
        if (!own || !mayGoOn(visitor, bucket, wish)) {
            check(visitor, bucket, wish);
        }
    }

    private static boolean mayGoOn(Visitor visitor, Bucket bucket, Wish wish) {
        AwsCaller caller = visitor.caller();
        Request request = caller.request(wish.action(), wish.resource())
                .with(wish.context())
                .ownedBy(bucket.account());
        return caller.decide(request, bucket.policy()).verdict() != Decision.Verdict.EXPLICITLY_DENIED
                && caller.decide(request, Optional.of(givenTo(caller.requester().arn())))
                        .allowed();
    }

    public boolean may(Visitor visitor, Bucket bucket, Wish wish) {
        return refusal(visitor, bucket, wish).isEmpty();
    }

    /** About no bucket that is there. */
    public void check(Visitor visitor, Wish wish) {
        if (visitor.trusted()) {
            return;
        }
        Request request =
                visitor.caller().request(wish.action(), wish.resource()).with(wish.context());
        Decision decision = visitor.caller().decide(request, Optional.empty());
        if (!decision.allowed()) {
            throw S3Fault.accessDenied(decision.refusal(request));
        }
    }

    private Optional<String> refusal(Visitor visitor, Bucket bucket, Wish wish) {
        if (visitor.trusted() || (OF_POLICY.contains(wish.action()) && visitor.rootOf(bucket.account()))) {
            return Optional.empty();
        }
        AwsCaller caller = visitor.caller();
        AccountId owner = wish.owner().orElse(bucket.account());
        Request request = caller.request(wish.action(), wish.resource())
                .with(wish.context())
                .ownedBy(owner);
        Optional<Policies.Named> policy = bucket.policy();
        Decision decision = caller.decide(request, policy);
        if (decision.verdict() == Decision.Verdict.EXPLICITLY_DENIED) {
            return Optional.of(decision.refusal(request));
        }
        boolean restricted = bucket.publicPolicy()
                && Boolean.TRUE.equals(bucket.publicAccess().restrictPublicBuckets())
                && !visitor.of(bucket.account());
        if (restricted || !owner.equals(bucket.account())) {
            // The policy of a bucket gives nothing that belongs to somebody else.
            decision = caller.decide(request, Optional.empty());
        }
        if (decision.allowed() || byList(visitor, bucket, wish, request)) {
            return Optional.empty();
        }
        return Optional.of(decision.refusal(request));
    }

    private boolean byList(Visitor visitor, Bucket bucket, Wish wish, Request request) {
        if (!bucket.hasLists() || wish.permission().isEmpty()) {
            return false;
        }
        Permission wanted = wish.permission().get();
        Acl acl = Boolean.TRUE.equals(bucket.publicAccess().ignorePublicAcls())
                ? wish.acl().closed()
                : wish.acl();
        if (acl.givesByGroup(visitor.signed(), wanted)) {
            return visitor.caller().decide(request, Optional.of(GIVEN_TO_GROUP)).allowed();
        }
        Optional<AccountId> account = visitor.account();
        Optional<String> id = visitor.caller().requester().canonical().or(() -> account.map(canonical));
        return account.isPresent()
                && acl.givesTo(id, wanted)
                && visitor.caller()
                        .decide(request, Optional.of(givenTo(account.get().digits())))
                        .allowed();
    }

    private static Policies.Named givenTo(String principal) {
        return new Policies.Named(
                "access control list", PolicyDocument.parse(PolicyKind.RESOURCE, ALL.formatted(principal)));
    }
}
