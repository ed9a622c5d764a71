using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Execute;
using Haneul.ApiGateway.Rest.Execute.Logging;
using Haneul.ApiGateway.Rest.Execute.Mapping;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute.Testing;

/// <summary>
/// Makes requests that no client sent, for the two operations that test an API as it is being edited. What a client would bring has the values that AWS
/// puts in its place.
/// </summary>
internal sealed class TestCalls(IIdSource ids, TimeProvider time)
{
    private const string Stage = "test-invoke-stage";

    public RestCall Make(
        RestApiRecord api,
        RestSite site,
        string method,
        string pathWithQuery,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        IReadOnlyDictionary<string, string>? stageVariables,
        CallContext context)
    {
        var question = pathWithQuery.IndexOf('?', StringComparison.Ordinal);
        var path = "/" + (question < 0 ? pathWithQuery : pathWithQuery[..question]).TrimStart('/');
        var now = time.GetUtcNow();
        var call = new RestCall
        {
            Account = api.Account,
            Region = api.Region,
            ApiId = api.Api.Id!,
            Site = site,
            Stage = new Stage { StageName = Stage },
            DeploymentId = "",
            StageVariables = stageVariables ?? new Dictionary<string, string>(),
            RequestId = ids.NewUuid(),
            ExtendedRequestId = RestCalls.NewExtendedId(ids),
            TraceId = TraceIds.Of(sent: null, now, ids),
            HttpMethod = method,
            Path = path,
            RequestPath = path,
            Query = question < 0 ? [] : QueryText.Parse(pathWithQuery[(question + 1)..]),
            Headers = headers,
            Host = "testPrefix.testDomainName",
            Scheme = "https",
            Protocol = "HTTP/1.1",
            SourceIp = "test-invoke-source-ip",
            Time = now,
            Started = time.GetTimestamp(),
            Context = new ContextVariables(),
            IsTest = true,
            Log = new ExecutionLog(info: true, data: true, time),
        };
        RestCalls.Describe(call);
        Authorization.CallerIdentity.Describe(call, context.Principal);
        call.Context["identity.apiKey"] = "test-invoke-api-key";
        call.Context["identity.apiKeyId"] = "test-invoke-api-key-id";
        call.Context["identity.userAgent"] = context.UserAgent;
        return call;
    }

    /// <summary>Both forms of headers that the operations take; a name in the second replaces that in the first.</summary>
    public static List<KeyValuePair<string, string>> Headers(
        IReadOnlyDictionary<string, string>? single, IReadOnlyDictionary<string, IReadOnlyList<string>>? multi)
    {
        var headers = (multi ?? new Dictionary<string, IReadOnlyList<string>>())
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value))).ToList();
        headers.AddRange((single ?? new Dictionary<string, string>()).Where(header => multi?.ContainsKey(header.Key) != true));
        return headers;
    }

    /// <summary>The log as the operations give it: a head, then each line with its time.</summary>
    public static string Text(RestCall call)
    {
        var lines = call.Log!.Lines.Select(line => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{line.Time.UtcDateTime:ddd MMM dd HH:mm:ss} UTC {line.Time.UtcDateTime:yyyy} : {line.Message}\n"));
        return $"Execution log for request {call.RequestId}\n{string.Concat(lines)}";
    }
}
