using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Stages;

/// <summary>Ends the access log of a stage.</summary>
internal sealed class DeleteAccessLogSettings(ApiTable apis) : IHandler<DeleteAccessLogSettingsInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteAccessLogSettingsInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            ApiTable.Own(current, input.ApiId, context);
            var stage = StageRules.Find(current, input.ApiId, input.StageName);
            PutStage.Into(batch, input.ApiId, StageRules.Copy(stage, context.Time, clearLogs: true));
            return (Outcome<Unit>)Unit.Value;
        });
}
