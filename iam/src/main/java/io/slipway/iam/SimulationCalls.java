package io.slipway.iam;

import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Requester;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** What would be decided, without doing it. */
interface SimulationCalls extends IamClient {
    IamCall call();

    @Override
    default SimulateCustomPolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest request) {
        call().allow("SimulateCustomPolicy");
        if (request.policyInputList().isEmpty()) {
            throw Checks.unsatisfied("policyInputList", "Member must not be null");
        }
        Simulation simulation = call().read(handle -> {
            Requester who = Simulation.caller(call(), handle, request.callerArn())
                    .orElseGet(() -> Simulation.nobody(call().account()));
            return Simulation.of(
                    call(),
                    who,
                    Simulation.input("PolicyInputList", request.policyInputList()),
                    Simulation.input("PermissionsBoundaryPolicyInputList", request.permissionsBoundaryPolicyInputList())
                            .stream()
                            .findFirst());
        });
        Pages.Slice<EvaluationResult> page = simulation
                .about(
                        request.actionNames(),
                        request.resourceArns(),
                        request.resourcePolicy(),
                        request.resourceOwner(),
                        request.contextEntries(),
                        request.resourceHandlingOption())
                .page(request.marker(), request.maxItems());
        return SimulateCustomPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest request) {
        String source = Checks.required(request.policySourceArn(), "policySourceArn");
        call().allow("SimulatePrincipalPolicy", source);
        Simulation simulation = call().read(handle -> {
            Entity entity = Simulation.source(call(), handle, source);
            Loaded loaded = call().records().loader().entity(handle, entity);
            Requester who =
                    Simulation.caller(call(), handle, request.callerArn()).orElseGet(() -> loaded.requester());
            return Simulation.of(
                    call(),
                    who,
                    loaded,
                    Simulation.input("PolicyInputList", request.policyInputList()),
                    Simulation.input("PermissionsBoundaryPolicyInputList", request.permissionsBoundaryPolicyInputList())
                            .stream()
                            .findFirst());
        });
        Pages.Slice<EvaluationResult> page = simulation
                .about(
                        request.actionNames(),
                        request.resourceArns(),
                        request.resourcePolicy(),
                        request.resourceOwner(),
                        request.contextEntries(),
                        request.resourceHandlingOption())
                .page(request.marker(), request.maxItems());
        return SimulatePrincipalPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default GetContextKeysForCustomPolicyResponse getContextKeysForCustomPolicy(
            GetContextKeysForCustomPolicyRequest request) {
        call().allow("GetContextKeysForCustomPolicy");
        return GetContextKeysForCustomPolicyResponse.builder()
                .contextKeyNames(Simulation.keys(Simulation.input("PolicyInputList", request.policyInputList())))
                .build();
    }

    @Override
    default GetContextKeysForPrincipalPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest request) {
        String source = Checks.required(request.policySourceArn(), "policySourceArn");
        call().allow("GetContextKeysForPrincipalPolicy", source);
        return call().read(handle -> {
            Loaded loaded = call().records().loader().entity(handle, Simulation.source(call(), handle, source));
            List<Policies.Named> all = new ArrayList<>(loaded.policies().identity());
            loaded.policies().boundary().ifPresent(all::add);
            all.addAll(Simulation.input("PolicyInputList", request.policyInputList()));
            return GetContextKeysForPrincipalPolicyResponse.builder()
                    .contextKeyNames(Simulation.keys(all))
                    .build();
        });
    }
}
