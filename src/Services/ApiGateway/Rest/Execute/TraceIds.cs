using System.Globalization;
using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway.Rest.Execute;

/// <summary>
/// The value of <c>X-Amzn-Trace-Id</c>: what the client sent, or a new root.
/// <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader"/>
/// </summary>
internal static class TraceIds
{
    private const int MaxLength = 256;

    /// <param name="sent">The client's header; null if there is none.</param>
    /// <param name="now">When the request came.</param>
    /// <param name="ids">Where new ids come from.</param>
    public static string Of(string? sent, DateTimeOffset now, IIdSource ids)
    {
        if (sent is { Length: > 0 and <= MaxLength } && sent.Contains("Root=1-", StringComparison.Ordinal))
        {
            return sent;
        }

        var seconds = ((uint)now.ToUnixTimeSeconds()).ToString("x8", CultureInfo.InvariantCulture);
        return $"Root=1-{seconds}-{ids.NewString(24, RandomIdSource.Hex)}";
    }
}
