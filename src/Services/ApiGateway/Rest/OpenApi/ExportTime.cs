using System.Globalization;

namespace Haneul.ApiGateway.Rest.OpenApi;

/// <summary>Times in exported documents.</summary>
internal static class ExportTime
{
    public static string Of(DateTimeOffset? time) => (time ?? default).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
