using Haneul.Iam.Contracts;
using Haneul.Iam.Principals;
using Haneul.Iam.Storage;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using System.Globalization;

namespace Haneul.Iam.Simulation;

/// <summary>
/// Tells what the policies of a user, group or role would decide.
/// <see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html"/>
/// </summary>
internal sealed class SimulatePrincipalPolicy(IamStore iam) : IHandler<SimulatePrincipalPolicyInput, SimulatePolicyResponse>
{
    public ValueTask<Outcome<SimulatePolicyResponse>> HandleAsync(
        SimulatePrincipalPolicyInput input, CallContext context, CancellationToken cancel)
    {
        if (input.ResourceHandlingOption is not null || input.ResourceOwner is not null)
        {
            throw IamFaults.InvalidInput(
                $"Haneul does not support {(input.ResourceOwner is null ? "ResourceHandlingOption" : "ResourceOwner")} of SimulatePrincipalPolicy yet.");
        }

        var source = IdentityPolicySource.Of(iam.Read(context.Account), input.PolicySourceArn)
            ?? throw IamFaults.NoSuchEntity($"The principal {input.PolicySourceArn} cannot be found.");
        IdentityPolicies identity = new(
            [.. source.Policies, .. Simulator.Documents(input.PolicyInputList, "PolicyInputList")],
            Simulator.Documents(input.PermissionsBoundaryPolicyInputList, "PermissionsBoundaryPolicyInputList").FirstOrDefault() ?? source.Boundary);
        var caller = SimulatedCaller.Of(input.CallerArn ?? input.PolicySourceArn, context);
        var resourcePolicy = input.ResourcePolicy is { } text ? new Kernel.Identity.AttachedPolicy("ResourcePolicy", text) : null;
        var results = new Simulator(caller, identity, resourcePolicy, input.ContextEntries).Run(input.ActionNames, input.ResourceArns);
        var page = IamPage.Of(
            results.Select((result, i) => (Order: i.ToString("D10", CultureInfo.InvariantCulture), Result: result)), item => item.Order, input.Marker, input.MaxItems);
        return new(new SimulatePolicyResponse
        {
            EvaluationResults = [.. page.Items.Select(item => item.Result)],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        });
    }
}
