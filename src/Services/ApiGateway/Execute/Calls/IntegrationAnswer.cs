namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>What an integration answered, or how it failed.</summary>
internal sealed record IntegrationAnswer
{
    /// <summary>The answer; null if there is none.</summary>
    public FunctionAnswer? Answer { get; init; }

    /// <summary>The status that the integration itself gave: of the function's invocation, or of the endpoint.</summary>
    public int? Status { get; init; }

    /// <summary>Too busy or too slow, which is answered with 503; otherwise a failure is the API's own.</summary>
    public bool Unavailable { get; init; }

    /// <summary>The request cannot be sent on as it is: 400.</summary>
    public bool BadRequest { get; init; }

    /// <summary>For the log.</summary>
    public string? Error { get; init; }

    public static IntegrationAnswer Of(FunctionAnswer answer, int status) => new() { Answer = answer, Status = status };

    public static IntegrationAnswer Failed(string error, bool unavailable = false, int? status = null) =>
        new() { Error = error, Unavailable = unavailable, Status = status };
}
