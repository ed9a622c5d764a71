using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Patches;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Deployments;

/// <summary>
/// Changes a deployment's description; nothing else of it can change.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDeployment-Patch"/>
/// </summary>
internal sealed class UpdateDeployment(RestTable apis) : IHandler<UpdateDeploymentInput, Deployment>
{
    private static readonly PatchTable<Deployment> s_patch = new PatchTable<Deployment>(PatchWords.Listed)
        .On("/description", "replace", static (deployment, step) => deployment.Description = step.Text);

    public async ValueTask<Outcome<Deployment>> HandleAsync(UpdateDeploymentInput input, CallContext context, CancellationToken cancel) =>
        await apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            RestTable.Own(current, input.RestApiId, context);
            var record = RestTable.FindDeployment(current, input.RestApiId, input.DeploymentId) ?? throw RestFaults.NoDeployment();
            s_patch.Apply(record.Deployment, input.PatchOperations);
            RestPut.Deployment(batch, input.RestApiId, record);
            return DeploymentView.Of(record, embed: null);
        });
}
