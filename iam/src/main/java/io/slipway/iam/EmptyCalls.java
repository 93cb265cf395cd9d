package io.slipway.iam;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersResponse;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsRequest;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsResponse;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysRequest;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;

/** What there is none of: lists that are empty, so that whoever tidies up finds nothing to do. Nothing here makes any of these. */
interface EmptyCalls extends IamClient {
    IamCall call();

    private void ofUser(@Nullable String userName, String action) {
        if (userName == null && call().root()) {
            call().allow(action);
            return;
        }
        String name = Checks.name(call().ownName(Optional.ofNullable(userName)), EntityKind.USER);
        call().read(handle -> call().entity(handle, EntityKind.USER, name, action));
    }

    @Override
    default ListMfaDevicesResponse listMFADevices(ListMfaDevicesRequest request) {
        ofUser(request.userName(), "ListMFADevices");
        return ListMfaDevicesResponse.builder()
                .mfaDevices(List.of())
                .isTruncated(false)
                .build();
    }

    @Override
    default ListSshPublicKeysResponse listSSHPublicKeys(ListSshPublicKeysRequest request) {
        ofUser(request.userName(), "ListSSHPublicKeys");
        return ListSshPublicKeysResponse.builder()
                .sshPublicKeys(List.of())
                .isTruncated(false)
                .build();
    }

    @Override
    default ListSigningCertificatesResponse listSigningCertificates(ListSigningCertificatesRequest request) {
        ofUser(request.userName(), "ListSigningCertificates");
        return ListSigningCertificatesResponse.builder()
                .certificates(List.of())
                .isTruncated(false)
                .build();
    }

    @Override
    default ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
            ListServiceSpecificCredentialsRequest request) {
        ofUser(request.userName(), "ListServiceSpecificCredentials");
        return ListServiceSpecificCredentialsResponse.builder()
                .serviceSpecificCredentials(List.of())
                .build();
    }

    @Override
    default ListVirtualMfaDevicesResponse listVirtualMFADevices(ListVirtualMfaDevicesRequest request) {
        call().allow("ListVirtualMFADevices");
        return ListVirtualMfaDevicesResponse.builder()
                .virtualMFADevices(List.of())
                .isTruncated(false)
                .build();
    }

    @Override
    default ListSamlProvidersResponse listSAMLProviders(ListSamlProvidersRequest request) {
        call().allow("ListSAMLProviders");
        return ListSamlProvidersResponse.builder().samlProviderList(List.of()).build();
    }

    @Override
    default ListServerCertificatesResponse listServerCertificates(ListServerCertificatesRequest request) {
        call().allow("ListServerCertificates");
        return ListServerCertificatesResponse.builder()
                .serverCertificateMetadataList(List.of())
                .isTruncated(false)
                .build();
    }
}
