using Haneul.Kernel.Errors;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Tags;

/// <summary>What tags may be. <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html"/></summary>
internal static class TagRules
{
    private const int MaxTags = 50;

    public static ServiceError? Check(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null)
        {
            return null;
        }

        if (tags.Count > MaxTags)
        {
            return LambdaErrors.InvalidParameterValueException.With("Number of tags exceeds resource tag limit.");
        }

        foreach (var (name, value) in tags)
        {
            if (name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                return LambdaErrors.InvalidParameterValueException.With("The tag key cannot begin with aws:.");
            }

            if (name.Length is 0 or > 128 || value.Length > 256)
            {
                return LambdaErrors.InvalidParameterValueException.With("Tag keys have 1 to 128 characters and tag values up to 256.");
            }
        }

        return null;
    }
}
