using Haneul.Kernel.Identity;

namespace Haneul.ApiGateway;

/// <summary>ARNs of what the management API works on: they have no account.</summary>
internal static class ApiArn
{
    /// <param name="context">The call.</param>
    /// <param name="path">The path of the management API, such as <c>/apis/abc/routes</c>.</param>
    public static string Of(CallContext context, string path) => $"arn:aws:apigateway:{context.Region}::{path}";

    /// <summary>The id of the API, and of the stage if there is one, in an ARN of the caller's region.</summary>
    public static (string ApiId, string? Stage)? Parse(string text, CallContext context)
    {
        if (!Arn.TryParse(text, out var arn) || arn.Service != "apigateway" || arn.Region != context.Region.Name)
        {
            return null;
        }

        return arn.Resource.Split('/') switch
        {
            ["", "apis", { Length: > 0 } api] => (api, null),
            ["", "apis", { Length: > 0 } api, "stages", { Length: > 0 } stage] => (api, Uri.UnescapeDataString(stage)),
            _ => null,
        };
    }
}
