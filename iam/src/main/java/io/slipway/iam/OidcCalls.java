package io.slipway.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintResponse;

/** Providers whose tokens are taken for roles. */
interface OidcCalls extends IamClient {
    int MOST_CLIENTS = 100;
    int MOST_THUMBPRINTS = 5;
    int THUMBPRINT = 40;
    int LONGEST = 255;

    IamCall call();

    /** From its name as a resource. */
    static String name(IamCall call, @Nullable String providerArn) {
        String arn = Checks.required(providerArn, "openIDConnectProviderArn");
        String prefix = "arn:aws:iam::" + call.account() + ":oidc-provider/";
        if (!arn.startsWith(prefix) || arn.length() == prefix.length()) {
            throw IamFault.missing(EntityKind.OIDC_PROVIDER.missing(arn));
        }
        return arn.substring(prefix.length());
    }

    private Entity provider(Handle handle, @Nullable String arn, String action) {
        return call().entity(handle, EntityKind.OIDC_PROVIDER, name(call(), arn), action);
    }

    @Override
    default CreateOpenIdConnectProviderResponse createOpenIDConnectProvider(
            CreateOpenIdConnectProviderRequest request) {
        String url = Checks.required(request.url(), "url");
        checkLengths(url, request.clientIDList(), request.thumbprintList());
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            throw IamFault.validation("Invalid Open ID Connect Provider URL");
        }
        checkThumbprints(request.thumbprintList());
        checkClients(request.clientIDList().size());
        Map<String, String> tags = Checks.tags(request.tags());
        // A query is no part of the name.
        String name =
                url.substring(url.indexOf("//") + 2).replaceAll("[?].*", "").replaceAll("/+$", "");
        if (name.isEmpty() || name.chars().anyMatch(each -> each <= ' ' || "#*".indexOf(each) >= 0)) {
            throw IamFault.validation("Invalid Open ID Connect Provider URL");
        }
        Entity provider = call().made(EntityKind.OIDC_PROVIDER, name, "/")
                .tagged(tags)
                .detailed(new Entity.ProviderDetail(
                        request.clientIDList().stream().distinct().toList(), request.thumbprintList()));
        call().allow("CreateOpenIDConnectProvider", provider.arn(), IamCall.wantedTags(tags));
        call().change(handle -> call().insert(handle, provider));
        CreateOpenIdConnectProviderResponse.Builder answer =
                CreateOpenIdConnectProviderResponse.builder().openIDConnectProviderArn(provider.arn());
        return tags.isEmpty() ? answer.build() : answer.tags(Shapes.tags(tags)).build();
    }

    private static void checkLengths(String url, List<String> clients, List<String> thumbprints) {
        List<String> problems = new ArrayList<>();
        if (clients.stream().anyMatch(each -> each.isEmpty() || each.length() > LONGEST)) {
            problems.add(Checks.problem("clientIDList", between(1, LONGEST)));
        }
        if (thumbprints.stream().anyMatch(each -> each.length() != THUMBPRINT)) {
            problems.add(Checks.problem("thumbprintList", between(THUMBPRINT, THUMBPRINT)));
        }
        if (url.length() > LONGEST) {
            problems.add(Checks.problem("url", "Member must have length less than or equal to " + LONGEST));
        }
        if (!problems.isEmpty()) {
            throw Checks.unsatisfied(problems);
        }
    }

    private static String between(int least, int most) {
        return "Member must satisfy constraint: [Member must have length less than or equal to " + most
                + ", Member must have length greater than or equal to " + least + "]";
    }

    private static void checkThumbprints(List<String> thumbprints) {
        if (thumbprints.size() > MOST_THUMBPRINTS) {
            throw IamFault.input("Thumbprint list must contain fewer than " + MOST_THUMBPRINTS + " entries.");
        }
    }

    private static void checkClients(int size) {
        if (size > MOST_CLIENTS) {
            throw IamFault.quota("ClientIdsPerOpenIdConnectProvider", MOST_CLIENTS);
        }
    }

    @Override
    default GetOpenIdConnectProviderResponse getOpenIDConnectProvider(GetOpenIdConnectProviderRequest request) {
        return call().read(handle -> {
            Entity provider = provider(handle, request.openIDConnectProviderArn(), "GetOpenIDConnectProvider");
            Entity.ProviderDetail detail = provider.provider();
            return GetOpenIdConnectProviderResponse.builder()
                    .url(provider.name())
                    .clientIDList(detail.clients())
                    .thumbprintList(detail.thumbprints())
                    .createDate(Instant.ofEpochMilli(provider.createdAt()))
                    .tags(Shapes.tags(provider.tags()))
                    .build();
        });
    }

    @Override
    default ListOpenIdConnectProvidersResponse listOpenIDConnectProviders(ListOpenIdConnectProvidersRequest request) {
        call().allowList("ListOpenIDConnectProviders", EntityKind.OIDC_PROVIDER, "/");
        return call().read(handle -> ListOpenIdConnectProvidersResponse.builder()
                .openIDConnectProviderList(call()
                        .records()
                        .entities()
                        .page(
                                handle,
                                call().account(),
                                EntityKind.OIDC_PROVIDER,
                                "/",
                                "",
                                EntityKind.OIDC_PROVIDER.most())
                        .stream()
                        .map(each -> OpenIDConnectProviderListEntry.builder()
                                .arn(each.arn())
                                .build())
                        .toList())
                .build());
    }

    /** One that is not there is fine. */
    @Override
    default DeleteOpenIdConnectProviderResponse deleteOpenIDConnectProvider(
            DeleteOpenIdConnectProviderRequest request) {
        String arn = Checks.required(request.openIDConnectProviderArn(), "openIDConnectProviderArn");
        call().change(handle -> {
            call().allow("DeleteOpenIDConnectProvider", arn);
            call().records()
                    .entities()
                    .named(handle, call().account(), EntityKind.OIDC_PROVIDER, name(call(), arn))
                    .ifPresent(each -> call().records().entities().delete(handle, each.id()));
        });
        return DeleteOpenIdConnectProviderResponse.builder().build();
    }

    private void changed(@Nullable String arn, String action, UnaryOperator<Entity.ProviderDetail> change) {
        call().change(handle -> {
            Entity provider = provider(handle, arn, action);
            call().records().entities().update(handle, provider.detailed(change.apply(provider.provider())));
        });
    }

    @Override
    default UpdateOpenIdConnectProviderThumbprintResponse updateOpenIDConnectProviderThumbprint(
            UpdateOpenIdConnectProviderThumbprintRequest request) {
        checkLengths("", List.of(), request.thumbprintList());
        checkThumbprints(request.thumbprintList());
        changed(
                request.openIDConnectProviderArn(),
                "UpdateOpenIDConnectProviderThumbprint",
                old -> new Entity.ProviderDetail(old.clients(), request.thumbprintList()));
        return UpdateOpenIdConnectProviderThumbprintResponse.builder().build();
    }

    @Override
    default AddClientIdToOpenIdConnectProviderResponse addClientIDToOpenIDConnectProvider(
            AddClientIdToOpenIdConnectProviderRequest request) {
        String client = Checks.required(request.clientID(), "clientID");
        checkLengths("", List.of(client), List.of());
        changed(request.openIDConnectProviderArn(), "AddClientIDToOpenIDConnectProvider", old -> {
            List<String> all = new ArrayList<>(old.clients());
            if (!all.contains(client)) {
                all.add(client);
            }
            checkClients(all.size());
            return new Entity.ProviderDetail(all, old.thumbprints());
        });
        return AddClientIdToOpenIdConnectProviderResponse.builder().build();
    }

    @Override
    default RemoveClientIdFromOpenIdConnectProviderResponse removeClientIDFromOpenIDConnectProvider(
            RemoveClientIdFromOpenIdConnectProviderRequest request) {
        String client = Checks.required(request.clientID(), "clientID");
        changed(request.openIDConnectProviderArn(), "RemoveClientIDFromOpenIDConnectProvider", old -> {
            List<String> all = new ArrayList<>(old.clients());
            all.remove(client);
            return new Entity.ProviderDetail(all, old.thumbprints());
        });
        return RemoveClientIdFromOpenIdConnectProviderResponse.builder().build();
    }
}
