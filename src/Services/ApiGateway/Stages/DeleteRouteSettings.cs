using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Stages;

/// <summary>Takes a route's own settings out of a stage: the default ones count again.</summary>
internal sealed class DeleteRouteSettings(ApiTable apis) : IHandler<DeleteRouteSettingsInput, Unit>
{
    public ValueTask<Outcome<Unit>> HandleAsync(DeleteRouteSettingsInput input, CallContext context, CancellationToken cancel) =>
        apis.Partition.UpdateAsync((input, context), static (current, batch, state) =>
        {
            var (input, context) = state;
            ApiTable.Own(current, input.ApiId, context);
            var stage = StageRules.Find(current, input.ApiId, input.StageName);
            if (stage.RouteSettings?.ContainsKey(input.RouteKey) != true)
            {
                return (Outcome<Unit>)ApiGatewayV2Errors.NotFoundException.With($"Unable to find Route by key {input.RouteKey} within the provided RouteSettings");
            }

            PutStage.Into(batch, input.ApiId, StageRules.Copy(stage, context.Time, withoutRoute: input.RouteKey));
            return Unit.Value;
        });
}
