namespace Haneul.Kernel.Identity;

/// <summary>What a handler knows of the call besides its input.</summary>
public sealed class CallContext
{
    public required Principal Principal { get; init; }

    public required Region Region { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The time of the request by the cloud's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The account whose resources are meant: the caller's own, unless the input names another by ARN.</summary>
    public AccountId Account => Principal.Account;

    /// <summary>The address of the client; null for calls from inside the cloud.</summary>
    public System.Net.IPAddress? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    public bool SecureTransport { get; init; }

    /// <summary>The base URL that the client used, such as <c>http://127.0.0.1:4566</c>; URLs in answers start with it.</summary>
    public string Endpoint { get; init; } = "http://127.0.0.1:4566";

    /// <summary>For calls by a service: the resource on whose behalf it acts (<c>aws:SourceArn</c>).</summary>
    public string? SourceArn { get; init; }

    /// <summary>For calls by a service: the account on whose behalf it acts (<c>aws:SourceAccount</c>).</summary>
    public string? SourceAccount { get; init; }

    /// <summary>Where HTTP-bound facts that no model member carries can be asked, for the few operations that need one.</summary>
    public Func<string, string?> Header { get; init; } = static _ => null;

    /// <summary>A context for a call that a service makes from inside the cloud.</summary>
    public CallContext ForService(string service, string? sourceArn, string requestId, DateTimeOffset time) => new()
    {
        Principal = Principal.Service(service, Account),
        Region = Region,
        RequestId = requestId,
        Time = time,
        Endpoint = Endpoint,
        SourceArn = sourceArn,
        SourceAccount = Account.Value,
    };
}
