using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Operations;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda;

/// <summary>
/// A function as callers name it: by name, by ARN or by a part of the ARN, with a qualifier in the name or beside it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/>
/// </summary>
/// <param name="Account">The account that owns it.</param>
/// <param name="Region">The region it is in.</param>
/// <param name="Name">Its name.</param>
/// <param name="Qualifier">A version, an alias or <c>$LATEST</c>; null if none was given.</param>
internal sealed record FunctionReference(string Account, string Region, string Name, string? Qualifier)
{
    public const string Latest = "$LATEST";
    public const int MaxNameLength = 64;

    /// <summary>ARN without qualifier.</summary>
    public string Arn => $"arn:aws:lambda:{Region}:{Account}:function:{Name}";

    /// <summary>ARN with the qualifier, if there is one.</summary>
    public string QualifiedArn => Qualifier is null ? Arn : Arn + ":" + Qualifier;

    public static Outcome<FunctionReference> Parse(string name, string? qualifier, CallContext context)
    {
        var reference = Read(name, context);
        if (reference.Region != context.Region.Name)
        {
            return LambdaErrors.ResourceNotFoundException.With(
                $"Functions from '{reference.Region}' are not reachable in this region ('{context.Region.Name}')");
        }

        if (qualifier is not null && reference.Qualifier is not null && qualifier != reference.Qualifier)
        {
            return LambdaErrors.InvalidParameterValueException.With("The derived qualifier from the function name does not match the specified qualifier.");
        }

        return reference with { Qualifier = qualifier ?? reference.Qualifier };
    }

    /// <summary>The ARN that permissions are asked for: of the function and, if given, its qualifier.</summary>
    public static string Resource(string name, string? qualifier, CallContext context)
    {
        var reference = Read(name, context);
        return (reference with { Qualifier = qualifier ?? reference.Qualifier }).QualifiedArn;
    }

    /// <summary>The ARN that permissions of operations on the whole function are asked for.</summary>
    public static string Resource(string name, CallContext context) => Read(name, context).Arn;

    public ServiceError NotFound() => LambdaErrors.ResourceNotFoundException.With("Function not found: " + QualifiedArn);

    // The model's pattern has been checked before.
    private static FunctionReference Read(string name, CallContext context)
    {
        var parts = name.Split(':');
        var (account, region) = (context.Account.Value, context.Region.Name);
        var at = 0;
        if (parts is ["arn", _, "lambda", ..])
        {
            at = 3;
        }

        if (at < parts.Length - 1 && IsRegion(parts[at]))
        {
            region = parts[at++];
        }

        if (at < parts.Length - 1 && AccountId.TryParse(parts[at], out var named))
        {
            account = named.Value;
            at++;
        }

        if (at < parts.Length - 1 && parts[at] == "function")
        {
            at++;
        }

        return new FunctionReference(account, region, parts[at], at + 1 < parts.Length ? parts[at + 1] : null);
    }

    // A function may be called "eu-west-1" only if nothing follows its name that makes it look like a region.
    private static bool IsRegion(string text) =>
        text.Length is > 8 and < 20 && text.Count(c => c == '-') >= 2 && char.IsAsciiDigit(text[^1]) && char.IsAsciiLetterLower(text[0]);
}
