using Haneul.ApiGateway.Contracts.V2;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;

namespace Haneul.ApiGateway.Apis;

/// <summary>Takes the CORS configuration away.</summary>
internal sealed class DeleteCorsConfiguration(ApiTable apis) : IHandler<DeleteCorsConfigurationInput, Unit>
{
    public async ValueTask<Outcome<Unit>> HandleAsync(DeleteCorsConfigurationInput input, CallContext context, CancellationToken cancel)
    {
        await UpdateApi.ChangeAsync(apis, input.ApiId, context, static api => ApiView.Copy(api, clearCors: true));
        return Unit.Value;
    }
}
