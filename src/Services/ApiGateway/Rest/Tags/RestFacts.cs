using Haneul.ApiGateway.Rest.Account;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Tags;

/// <summary>
/// The tags of what the management API works on, for policies that ask for them. What is inside of an API has the API's, what is inside of a stage
/// the stage's.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html"/>
/// </summary>
internal sealed class RestFacts(RestTable apis) : IResourceFacts
{
    public string Service => "apigateway";

    public ValueTask<ResourceFacts> FindAsync(Arn resource, CallContext context, CancellationToken cancel)
    {
        var tags = resource.Region == context.Region.Name ? Tags(resource.Resource.Split('/'), context) : null;
        return new(tags is null ? ResourceFacts.None : new ResourceFacts(Policy: null, tags, Account: context.Account.Value));
    }

    private IReadOnlyDictionary<string, string>? Tags(string[] path, CallContext context) => path switch
    {
        ["", "restapis", var id, "stages", var name, ..] when Own(id, context) is not null =>
            RestTable.FindStage(apis.Partition, id, Uri.UnescapeDataString(name))?.Tags,
        ["", "restapis", var id, ..] => Own(id, context)?.Api.Tags,
        ["", "apikeys", var id] => AccountTable.Find(apis.Partition, ApiGatewayKeyspace.ApiKeys, context, id, RestRecords.Default.ApiKey)?.Tags,
        ["", "usageplans", var id, ..] =>
            AccountTable.Find(apis.Partition, ApiGatewayKeyspace.UsagePlans, context, id, RestRecords.Default.UsagePlan)?.Tags,
        ["", "clientcertificates", var id] => AccountTable.Find(
            apis.Partition, ApiGatewayKeyspace.ClientCertificates, context, id, RestRecords.Default.ClientCertificateRecord)?.Certificate.Tags,
        ["", "tags", var arn] => Tagged(Uri.UnescapeDataString(arn), context),
        _ => null,
    };

    private RestApiRecord? Own(string id, CallContext context) =>
        RestTable.Find(apis.Partition, id) is { } record && record.BelongsTo(context) ? record : null;

    private IReadOnlyDictionary<string, string>? Tagged(string arn, CallContext context)
    {
        try
        {
            return TagTarget.Read(apis.Partition, arn, context);
        }
        catch (ServiceException)
        {
            // The operation says so itself.
            return null;
        }
    }
}
