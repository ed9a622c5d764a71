using System.Buffers.Text;
using System.Text;

namespace Haneul.ApiGateway.Rest.Execute.Mapping;

/// <summary>
/// Turns bodies from text to bytes and back, as an integration's content handling says.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html"/>
/// </summary>
internal static class ContentHandling
{
    private const string ToText = "CONVERT_TO_TEXT";
    private const string ToBinary = "CONVERT_TO_BINARY";

    /// <returns>Null if the body is to become bytes and is not base64.</returns>
    public static ReadOnlyMemory<byte>? Request(ReadOnlyMemory<byte> body, bool isBinary, string? handling) => (isBinary, handling) switch
    {
        (true, ToText) => Encode(body),
        (true, _) => body,
        (false, ToBinary) => Decode(body),
        _ => Text(body),
    };

    /// <param name="body">The integration's answer.</param>
    /// <param name="isBinary">Its content type is one of the API's binary ones.</param>
    /// <param name="accepted">What the client accepts first is one of the API's binary types.</param>
    /// <param name="handling">Of the integration response.</param>
    /// <returns>Null if the body is to become bytes and is not base64.</returns>
    public static ReadOnlyMemory<byte>? Response(ReadOnlyMemory<byte> body, bool isBinary, bool accepted, string? handling)
    {
        var text = handling is null ? !accepted : handling == ToText;
        return (isBinary, text) switch
        {
            (true, true) => Encode(body),
            (true, false) => body,
            (false, true) => Text(body),
            (false, false) => Decode(body),
        };
    }

    // Text is UTF-8; what is not becomes the replacement character, as AWS does it.
    private static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> body) =>
        System.Text.Unicode.Utf8.IsValid(body.Span) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));

    private static byte[] Encode(ReadOnlyMemory<byte> body) => Encoding.ASCII.GetBytes(Convert.ToBase64String(body.Span));

    private static ReadOnlyMemory<byte>? Decode(ReadOnlyMemory<byte> body)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        if (Base64.DecodeFromUtf8(body.Span, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        return bytes.AsMemory(0, written);
    }
}
