using System.Text;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute;

/// <summary>The answers that API Gateway gives of itself: <c>{"message":"Not Found"}</c>.</summary>
internal static class MessageAnswer
{
    /// <param name="http">The request to answer.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="message">Without characters that JSON escapes.</param>
    public static async Task SendAsync(HttpContext http, int status, string message)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"message\":\"{message}\"}}");
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.BodyWriter.WriteAsync(body, CancellationToken.None);
        }
    }
}
