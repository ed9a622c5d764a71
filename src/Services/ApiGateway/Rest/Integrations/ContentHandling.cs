using Haneul.ApiGateway.Contracts.V1;

namespace Haneul.ApiGateway.Rest.Integrations;

/// <summary>How the bytes of a body are converted.</summary>
internal static class ContentHandling
{
    /// <summary>Null where bodies pass as they are.</summary>
    public static string? Of(string? text) => text is null or ContentHandlingStrategy.ConvertToBinary or ContentHandlingStrategy.ConvertToText
        ? text
        : throw RestFaults.BadRequest("Invalid content handling strategy specified. Must be one of: [CONVERT_TO_BINARY, CONVERT_TO_TEXT]");
}
