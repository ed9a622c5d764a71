using Haneul.ApiGateway.Contracts.V1;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Rest.Validators;

/// <summary>Lists an API's request validators.</summary>
internal sealed class GetRequestValidators(RestTable apis) : IHandler<GetRequestValidatorsInput, GetRequestValidatorsOutput>
{
    public ValueTask<Outcome<GetRequestValidatorsOutput>> HandleAsync(
        GetRequestValidatorsInput input, CallContext context, CancellationToken cancel)
    {
        RestTable.Own(apis.Partition, input.RestApiId, context);
        var all = StoredJson.Parts(apis.Partition, ApiGatewayKeyspace.RestValidators, input.RestApiId, RestRecords.Default.RequestValidator);
        var (page, position) = RestPage.Of(all, static validator => validator.Id!, input.Limit, input.Position);
        return new(new GetRequestValidatorsOutput { Items = page, Position = position });
    }
}
