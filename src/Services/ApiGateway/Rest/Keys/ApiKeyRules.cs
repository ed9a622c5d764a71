using Haneul.ApiGateway.Contracts.V1;
using Haneul.ApiGateway.Rest.Account;
using Haneul.Kernel.Identity;
using Haneul.Storage;

namespace Haneul.ApiGateway.Rest.Keys;

/// <summary>
/// What an API key may be, and where keys are kept.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html"/>
/// </summary>
internal static class ApiKeyRules
{
    private const int LongestName = 1024;
    private const int LongestDescription = 125_000;
    private const int ShortestValue = 20;
    private const int LongestValue = 128;
    private const int GeneratedLength = 40;

    /// <summary>Keys of an account in a region.</summary>
    private const int MostKeys = 10_000;

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string? Name(string? name) => name?.Length > LongestName
        ? throw RestFaults.BadRequest("Invalid API Key name, can be at most 1024 characters.")
        : Texts.NullIfEmpty(name);

    public static string? Description(string? text) => text?.Length > LongestDescription
        ? throw RestFaults.BadRequest("Invalid API Key description specified.")
        : Texts.NullIfEmpty(text);

    /// <summary>The value that is given, or a new one.</summary>
    public static string Value(string? value, IIdSource ids) => value switch
    {
        null or "" => ids.NewString(GeneratedLength, Alphanumeric),
        { Length: < ShortestValue } => throw RestFaults.BadRequest("API Key value should be at least 20 characters"),
        { Length: > LongestValue } => throw RestFaults.BadRequest("API Key value exceeds maximum size of 128 characters"),
        _ => value,
    };

    public static ApiKey Own(IPartitionReader reader, string id, CallContext context) =>
        AccountTable.Find(reader, ApiGatewayKeyspace.ApiKeys, context, id, RestRecords.Default.ApiKey)
            ?? throw RestFaults.NotFound("Invalid API Key identifier specified");

    /// <summary>All keys of the account in the region, the newest first, as AWS lists them.</summary>
    public static List<ApiKey> All(IPartitionReader reader, CallContext context) =>
        [.. AccountTable.All(reader, ApiGatewayKeyspace.ApiKeys, context, RestRecords.Default.ApiKey)
            .OrderByDescending(static key => key.CreatedDate).ThenBy(static key => key.Id, StringComparer.Ordinal)];

    /// <summary>Writes a new key, and that its value means it.</summary>
    public static void Add(IPartitionReader current, Batch batch, ApiKey key, CallContext context)
    {
        var index = AccountTable.Key(ApiGatewayKeyspace.ApiKeyValues, context, key.Value);
        using var taken = current.Get(index);
        if (taken.Exists)
        {
            throw RestFaults.Conflict("API Key already exists");
        }

        var count = 0;
        foreach (var _ in current.Scan(KeyRange.Prefix(AccountTable.Key(ApiGatewayKeyspace.ApiKeyValues, context)), limit: MostKeys))
        {
            count++;
        }

        if (count >= MostKeys)
        {
            throw RestFaults.LimitExceeded("API Keys limit exceeded");
        }

        batch.Put(index, System.Text.Encoding.UTF8.GetBytes(key.Id!));
        Put(batch, key, context);
    }

    public static void Put(Batch batch, ApiKey key, CallContext context) =>
        AccountTable.Put(batch, ApiGatewayKeyspace.ApiKeys, context, key.Id!, key, RestRecords.Default.ApiKey);

    /// <summary>A key as answers show it.</summary>
    public static ApiKey View(ApiKey key, bool withValue, bool withTags)
    {
        key.Value = withValue ? key.Value : null;
        key.StageKeys ??= [];
        key.Tags = key.Tags is { Count: > 0 } ? key.Tags : withTags ? new Dictionary<string, string>() : null;
        return key;
    }
}
