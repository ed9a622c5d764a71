using Haneul.ApiGateway.Rest.Account;
using Haneul.ApiGateway.Rest.Stages;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Tags;

/// <summary>
/// What an ARN names that can carry tags: REST APIs, stages, API keys, usage plans, client certificates.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html"/>
/// </summary>
internal static class TagTarget
{
    public static IReadOnlyDictionary<string, string> Read(IPartitionReader reader, string arn, CallContext context)
    {
        var read = new Dictionary<string, string>();
        Visit(reader, batch: null, arn, context, tags =>
        {
            read = tags;
            return tags;
        });
        return read;
    }

    /// <summary>Hands the tags that are there to <paramref name="change"/>, and with a batch writes what it gives back.</summary>
    public static void Visit(
        IPartitionReader reader, Batch? batch, string arn, CallContext context, Func<Dictionary<string, string>, Dictionary<string, string>> change)
    {
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "apigateway" || parsed.Region != context.Region.Name
            || parsed.Account is not "")
        {
            throw Invalid();
        }

        switch (parsed.Resource.Split('/'))
        {
            case ["", "restapis", { Length: > 0 } id]:
                var record = RestTable.Own(reader, id, context);
                record.Api.Tags = change(Texts.Copy(record.Api.Tags));
                Write(batch, record, RestPut.Api);
                break;
            case ["", "restapis", { Length: > 0 } id, "stages", { Length: > 0 } name]:
                var stage = StageRules.Own(reader, id, Uri.UnescapeDataString(name), context);
                stage.Tags = change(Texts.Copy(stage.Tags)) is { Count: > 0 } tags ? tags : null;
                Write(batch, stage, (into, value) => RestPut.Stage(into, id, value));
                break;
            case ["", "apikeys", { Length: > 0 } id]:
                var key = AccountTable.Find(reader, ApiGatewayKeyspace.ApiKeys, context, id, RestRecords.Default.ApiKey)
                    ?? throw RestFaults.NotFound("Invalid API Key identifier specified");
                key.Tags = change(Texts.Copy(key.Tags));
                Write(batch, key, (into, value) =>
                    AccountTable.Put(into, ApiGatewayKeyspace.ApiKeys, context, id, value, RestRecords.Default.ApiKey));
                break;
            case ["", "usageplans", { Length: > 0 } id]:
                var plan = AccountTable.Find(reader, ApiGatewayKeyspace.UsagePlans, context, id, RestRecords.Default.UsagePlan)
                    ?? throw RestFaults.NotFound("Invalid Usage Plan ID specified");
                plan.Tags = change(Texts.Copy(plan.Tags));
                Write(batch, plan, (into, value) =>
                    AccountTable.Put(into, ApiGatewayKeyspace.UsagePlans, context, id, value, RestRecords.Default.UsagePlan));
                break;
            case ["", "clientcertificates", { Length: > 0 } id]:
                var certificate = AccountTable.Find(
                    reader, ApiGatewayKeyspace.ClientCertificates, context, id, RestRecords.Default.ClientCertificateRecord)
                    ?? throw RestFaults.NotFound("Invalid Client Certificate identifier specified");
                certificate.Certificate.Tags = change(Texts.Copy(certificate.Certificate.Tags));
                Write(batch, certificate, (into, value) => AccountTable.Put(
                    into, ApiGatewayKeyspace.ClientCertificates, context, id, value, RestRecords.Default.ClientCertificateRecord));
                break;
            default:
                throw Invalid();
        }
    }

    private static void Write<T>(Batch? batch, T value, Action<Batch, T> put)
    {
        if (batch is not null)
        {
            put(batch, value);
        }
    }

    private static ServiceException Invalid() => RestFaults.BadRequest("Invalid resource ARN specified in the request");
}
